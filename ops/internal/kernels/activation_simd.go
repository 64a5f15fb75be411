package kernels

// activateVec is activate in assembly.
func activateVec[T Float](out, x *T, n int, a Act) {
	switch a {
	case ReLU:
		asmActReLU(out, x, n)
	case SELU:
		pos, neg := T(seluScale), T(seluScale*seluAlpha)
		asmActExpLinear(out, x, &pos, &neg, n)
	case ELU:
		one := T(1)
		asmActExpLinear(out, x, &one, &one, n)
	case Tanh:
		asmActTanh(out, x, n)
	case Sigmoid:
		asmActSigmoid(out, x, n)
	}
}

// actGradVec is actGrad in assembly.
func actGradVec[T Float](out, y, g *T, n int, a Act) {
	switch a {
	case ReLU:
		asmGradReLU(out, y, g, n)
	case SELU:
		pos, neg := T(seluScale), T(seluScale*seluAlpha)
		asmGradExpLinear(out, y, g, &pos, &neg, n)
	case ELU:
		one := T(1)
		asmGradExpLinear(out, y, g, &one, &one, n)
	case Tanh:
		asmGradTanh(out, y, g, n)
	case Sigmoid:
		asmGradSigmoid(out, y, g, n)
	}
}
