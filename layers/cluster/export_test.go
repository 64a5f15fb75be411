package cluster

// DrawRows is draw for tests.
var DrawRows = Streamed.draw
