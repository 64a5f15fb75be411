// Package endtoend has tests alone. They build the command and run it as its
// users do: each flag, each file that it writes, each exit status, kills, full
// disks, completion in real shells, and figures of other programs.
package endtoend
