package param_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graphpool/graphpool/layers/param"
)

// ownZeros inherits the JSON of Zeros, and is another initialiser.
type ownZeros struct{ param.Zeros }

func TestSpecRefusesWhatItWouldReadAsAnother(t *testing.T) {
	_, err := json.Marshal(param.Spec{Init: ownZeros{}})
	assert.ErrorContains(t, err, "param_test.ownZeros has no JSON form: what it writes is read as param.Zeros")
	data, err := json.Marshal(param.Spec{Init: &param.Constant{Value: 2}})
	require.NoError(t, err)
	assert.Equal(t, `{"initializer":{"class":"constant","value":2}}`, string(data))
}
