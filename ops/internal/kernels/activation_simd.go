package kernels

// activateVec is activate in assembly.
func activateVec[T Float](out, x *T, n, stream int, a Act) {
	switch a {
	case ReLU:
		asmActReLU(out, x, stream, n)
	case SELU:
		pos, neg := T(seluScale), T(seluScale*seluAlpha)
		asmActExpLinear(out, x, &pos, &neg, stream, n)
	case ELU:
		one := T(1)
		asmActExpLinear(out, x, &one, &one, stream, n)
	case Tanh:
		asmActTanh(out, x, stream, n)
	case Sigmoid:
		asmActSigmoid(out, x, stream, n)
	}
}

// actGradVec is actGrad in assembly.
func actGradVec[T Float](out, y, g *T, n, stream int, a Act) {
	switch a {
	case ReLU:
		asmGradReLU(out, y, g, stream, n)
	case SELU:
		pos, neg := T(seluScale), T(seluScale*seluAlpha)
		asmGradExpLinear(out, y, g, &pos, &neg, stream, n)
	case ELU:
		one := T(1)
		asmGradExpLinear(out, y, g, &one, &one, stream, n)
	case Tanh:
		asmGradTanh(out, y, g, stream, n)
	case Sigmoid:
		asmGradSigmoid(out, y, g, stream, n)
	}
}
