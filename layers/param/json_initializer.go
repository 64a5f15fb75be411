package param

import "fmt"

// InitializerByName gives a initialiser with Keras's defaults by Keras's name:
// zeros, ones, constant, random_uniform, random_normal, truncated_normal,
// variance_scaling, glorot_uniform, glorot_normal, he_uniform, he_normal,
// lecun_uniform, lecun_normal, orthogonal, identity.
func InitializerByName(name string) (Initializer, error) {
	return initializerByClass(name, []byte("{}"))
}

// UnmarshalInitializer reads what a initialiser of this package writes as JSON,
// {"class": name, …}, or a bare name. Fields left out have Keras's defaults;
// an unknown class or field is an error.
func UnmarshalInitializer(data []byte) (Initializer, error) {
	return decode("initializer", data, initializerByClass)
}

func initializerByClass(class string, body []byte) (Initializer, error) {
	switch class {
	case "zeros":
		return fill(class, Zeros{}, body)
	case "ones":
		return fill(class, Ones{}, body)
	case "constant":
		return fill(class, Constant{}, body)
	case "random_uniform", "uniform":
		return fill(class, Uniform{Min: -0.05, Max: 0.05}, body)
	case "random_normal", "normal":
		return fill(class, Normal{Stddev: 0.05}, body)
	case "truncated_normal":
		return fill(class, TruncatedNormal{Stddev: 0.05}, body)
	case "variance_scaling":
		return fill(class, VarianceScaling{Scale: 1, Mode: "fan_in", Distribution: "truncated_normal"}, body)
	case "glorot_uniform":
		return fill(class, GlorotUniform{}, body)
	case "glorot_normal":
		return fill(class, GlorotNormal{}, body)
	case "he_uniform":
		return fill(class, HeUniform{}, body)
	case "he_normal":
		return fill(class, HeNormal{}, body)
	case "lecun_uniform":
		return fill(class, LecunUniform{}, body)
	case "lecun_normal":
		return fill(class, LecunNormal{}, body)
	case "orthogonal":
		return fill(class, Orthogonal{Gain: 1}, body)
	case "identity":
		return fill(class, Identity{Gain: 1}, body)
	}
	return nil, fmt.Errorf("param: unknown initializer %q", class)
}

// MarshalJSON writes {"class": "zeros", …}.
func (z Zeros) MarshalJSON() ([]byte, error) {
	type fields Zeros
	return encode("zeros", fields(z))
}

// MarshalJSON writes {"class": "ones", …}.
func (o Ones) MarshalJSON() ([]byte, error) {
	type fields Ones
	return encode("ones", fields(o))
}

// MarshalJSON writes {"class": "constant", …}.
func (c Constant) MarshalJSON() ([]byte, error) {
	type fields Constant
	return encode("constant", fields(c))
}

// MarshalJSON writes {"class": "random_uniform", …}.
func (u Uniform) MarshalJSON() ([]byte, error) {
	type fields Uniform
	return encode("random_uniform", fields(u))
}

// MarshalJSON writes {"class": "random_normal", …}.
func (n Normal) MarshalJSON() ([]byte, error) {
	type fields Normal
	return encode("random_normal", fields(n))
}

// MarshalJSON writes {"class": "truncated_normal", …}.
func (t TruncatedNormal) MarshalJSON() ([]byte, error) {
	type fields TruncatedNormal
	return encode("truncated_normal", fields(t))
}

// MarshalJSON writes {"class": "variance_scaling", …}.
func (v VarianceScaling) MarshalJSON() ([]byte, error) {
	type fields VarianceScaling
	return encode("variance_scaling", fields(v))
}

// MarshalJSON writes {"class": "glorot_uniform", …}.
func (g GlorotUniform) MarshalJSON() ([]byte, error) {
	type fields GlorotUniform
	return encode("glorot_uniform", fields(g))
}

// MarshalJSON writes {"class": "glorot_normal", …}.
func (g GlorotNormal) MarshalJSON() ([]byte, error) {
	type fields GlorotNormal
	return encode("glorot_normal", fields(g))
}

// MarshalJSON writes {"class": "he_uniform", …}.
func (h HeUniform) MarshalJSON() ([]byte, error) {
	type fields HeUniform
	return encode("he_uniform", fields(h))
}

// MarshalJSON writes {"class": "he_normal", …}.
func (h HeNormal) MarshalJSON() ([]byte, error) {
	type fields HeNormal
	return encode("he_normal", fields(h))
}

// MarshalJSON writes {"class": "lecun_uniform", …}.
func (l LecunUniform) MarshalJSON() ([]byte, error) {
	type fields LecunUniform
	return encode("lecun_uniform", fields(l))
}

// MarshalJSON writes {"class": "lecun_normal", …}.
func (l LecunNormal) MarshalJSON() ([]byte, error) {
	type fields LecunNormal
	return encode("lecun_normal", fields(l))
}

// MarshalJSON writes {"class": "orthogonal", …}.
func (o Orthogonal) MarshalJSON() ([]byte, error) {
	type fields Orthogonal
	return encode("orthogonal", fields(o))
}

// MarshalJSON writes {"class": "identity", …}.
func (i Identity) MarshalJSON() ([]byte, error) {
	type fields Identity
	return encode("identity", fields(i))
}
