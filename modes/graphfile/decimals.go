package graphfile

import (
	"fmt"
	"strings"
)

// decimals is the decimal separator of the numbers of a table.
type decimals struct {
	comma bool
	asked bool
}

// plain is a number with a decimal point. It errs where the number has the other
// separator; what is no number in either way is returned as it is.
func (d decimals) plain(s string) (string, error) {
	switch {
	case d.comma && strings.Contains(s, ".") && isNumber(strings.ReplaceAll(s, ",", "")):
		return "", fmt.Errorf("%s has a point, want a decimal comma (--decimal comma)", quote(s))
	case d.comma && isCommaNumber(s):
		return strings.Replace(s, ",", ".", 1), nil
	case isCommaNumber(s):
		return "", fmt.Errorf("%s has a comma, want a number such as 0.5, or --decimal comma where the comma is a decimal one", quote(s))
	}
	return s, nil
}

// isCommaNumber tells whether text is a number with a comma in it: a decimal one,
// or one between thousands.
func isCommaNumber(s string) bool {
	return strings.Contains(s, ",") && isNumber(strings.ReplaceAll(s, ",", ""))
}

// looksNumber tells whether text is a number, with a point or commas.
func looksNumber(s string) bool { return isNumber(s) || isCommaNumber(s) }
