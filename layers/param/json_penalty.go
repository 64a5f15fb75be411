package param

import "fmt"

// PenaltyByName gives a regulariser with Keras's defaults by Keras's name:
// l1, l2, l1_l2, orthogonal_regularizer.
func PenaltyByName(name string) (Penalty, error) {
	return penaltyByClass(name, []byte("{}"))
}

// UnmarshalPenalty reads what a regulariser of this package writes as JSON,
// {"class": name, …}, or a bare name. Fields left out have Keras's defaults;
// an unknown class or field is an error.
func UnmarshalPenalty(data []byte) (Penalty, error) {
	return decode("penalty", data, penaltyByClass)
}

func penaltyByClass(class string, body []byte) (Penalty, error) {
	switch class {
	case "l1":
		return fill(class, L1{Factor: 0.01}, body)
	case "l2":
		return fill(class, L2{Factor: 0.01}, body)
	case "l1_l2":
		return fill(class, L1L2{}, body)
	case "orthogonal_regularizer":
		return fill(class, OrthogonalPenalty{Factor: 0.01, Mode: "rows"}, body)
	}
	return nil, fmt.Errorf("param: unknown penalty %q", class)
}

// MarshalJSON writes {"class": "l1", …}.
func (l L1) MarshalJSON() ([]byte, error) {
	type fields L1
	return encode("l1", fields(l))
}

// MarshalJSON writes {"class": "l2", …}.
func (l L2) MarshalJSON() ([]byte, error) {
	type fields L2
	return encode("l2", fields(l))
}

// MarshalJSON writes {"class": "l1_l2", …}.
func (l L1L2) MarshalJSON() ([]byte, error) {
	type fields L1L2
	return encode("l1_l2", fields(l))
}

// MarshalJSON writes {"class": "orthogonal_regularizer", …}.
func (o OrthogonalPenalty) MarshalJSON() ([]byte, error) {
	type fields OrthogonalPenalty
	return encode("orthogonal_regularizer", fields(o))
}
