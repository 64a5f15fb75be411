package kmeans

// tolerance is the share of the sum of distances by which a step must lower it.
const tolerance = 1e-6

// descend takes Lloyd's steps from the given centres.
func (s *search) descend(centres []float32, steps int) Result {
	centres = append([]float32(nil), centres...)
	for i := range s.labels {
		s.labels[i] = -1
	}
	last, done := 0., 0
	for done = range steps {
		inertia, moved := s.assign(centres)
		if moved == 0 || done > 0 && last-inertia <= tolerance*last {
			break
		}
		last = inertia
		s.average(centres)
	}
	inertia, _ := s.assign(centres)
	r := Result{Labels: make([]int, s.rows), Centres: centres, Inertia: inertia, Steps: done + 1}
	for i, l := range s.labels {
		r.Labels[i] = int(l)
	}
	return r
}

// assign gives each row its nearest centre, the first of several, and sums up
// what each centre gets, block by block.
func (s *search) assign(centres []float32) (inertia float64, moved int) {
	for b := range s.parts {
		p := &s.parts[b]
		clear(p.centre)
		clear(p.count)
		p.inertia, p.moved = 0, 0
	}
	s.each(s.ready(centres), func(b, i int, scores []float32) { s.assignRow(i, scores, &s.parts[b]) })
	for _, p := range s.parts {
		inertia += p.inertia
		moved += p.moved
	}
	return inertia, moved
}

func (s *search) assignRow(i int, scores []float32, p *sums) {
	best, low := 0, scores[0]
	for j, v := range scores {
		if v < low {
			best, low = j, v
		}
	}
	if s.labels[i] != int32(best) {
		s.labels[i] = int32(best)
		p.moved++
	}
	s.dist[i] = s.distance(i, low)
	p.inertia += s.dist[i]
	p.count[best]++
	sum := p.centre[best*s.cols : (best+1)*s.cols]
	for j, v := range s.row(i) {
		sum[j] += float64(v)
	}
}

// average sets the centres to the means of their rows. A centre without rows
// gets the row that is furthest from its own.
func (s *search) average(centres []float32) {
	total := sums{centre: make([]float64, len(centres)), count: make([]int, s.k)}
	for _, p := range s.parts {
		for j, v := range p.centre {
			total.centre[j] += v
		}
		for j, n := range p.count {
			total.count[j] += n
		}
	}
	for c, n := range total.count {
		to := centres[c*s.cols : (c+1)*s.cols]
		if n == 0 {
			i := s.furthest()
			copy(to, s.row(i))
			s.dist[i] = 0
			continue
		}
		for j := range to {
			to[j] = float32(total.centre[c*s.cols+j] / float64(n))
		}
	}
}

func (s *search) furthest() int {
	at := 0
	for i, d := range s.dist {
		if d > s.dist[at] {
			at = i
		}
	}
	return at
}
