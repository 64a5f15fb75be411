package param

import "fmt"

// ConstraintByName gives a constraint with Keras's defaults by Keras's name:
// max_norm, unit_norm, min_max_norm, non_neg.
func ConstraintByName(name string) (Constraint, error) {
	return constraintByClass(name, []byte("{}"))
}

// UnmarshalConstraint reads what a constraint of this package writes as JSON,
// {"class": name, …}, or a bare name. Fields left out have Keras's defaults;
// an unknown class or field is an error.
func UnmarshalConstraint(data []byte) (Constraint, error) {
	return decode("constraint", data, constraintByClass)
}

func constraintByClass(class string, body []byte) (Constraint, error) {
	switch class {
	case "max_norm":
		return fill(class, MaxNorm{Max: 2}, body)
	case "unit_norm":
		return fill(class, UnitNorm{}, body)
	case "min_max_norm":
		return fill(class, MinMaxNorm{Max: 1, Rate: 1}, body)
	case "non_neg":
		return fill(class, NonNeg{}, body)
	}
	return nil, fmt.Errorf("param: unknown constraint %q", class)
}

// MarshalJSON writes {"class": "max_norm", …}.
func (m MaxNorm) MarshalJSON() ([]byte, error) {
	type fields MaxNorm
	return encode("max_norm", fields(m))
}

// MarshalJSON writes {"class": "unit_norm", …}.
func (u UnitNorm) MarshalJSON() ([]byte, error) {
	type fields UnitNorm
	return encode("unit_norm", fields(u))
}

// MarshalJSON writes {"class": "min_max_norm", …}.
func (m MinMaxNorm) MarshalJSON() ([]byte, error) {
	type fields MinMaxNorm
	return encode("min_max_norm", fields(m))
}

// MarshalJSON writes {"class": "non_neg", …}.
func (n NonNeg) MarshalJSON() ([]byte, error) {
	type fields NonNeg
	return encode("non_neg", fields(n))
}
