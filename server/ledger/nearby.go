package ledger

import "golang.org/x/mod/sumdb/tlog"

// group is the nodes below one of level low, as far as somebody has asked for them:
// the paths of a commit's records meet the same ones again and again.
type group struct {
	of    uint64                    // its number, counted from 1; 0 is none
	known uint16                    // a bit for each node
	nodes [2 * (1 << low)]tlog.Hash // by level, from leaves on
}

// lowNode is node for a level below low.
func (t *Tree) lowNode(level int, n uint64) tlog.Hash {
	number := n>>(low-level) + 1
	g := &t.nearby[0]
	if number == (t.size-1)>>low+1 {
		g = &t.nearby[1]
	}
	if g.of != number {
		g.of, g.known = number, 0
	}
	const leaves = 1 << low
	at := 2*leaves - 2*leaves>>level + int(n&(leaves>>level-1))
	if g.known&(1<<at) == 0 {
		if level == 0 {
			g.nodes[at] = leaf(t.Chain(n + 1))
		} else {
			g.nodes[at] = t.join(level, n)
		}
		g.known |= 1 << at
	}
	return g.nodes[at]
}

// edge is the hashes over what ends where a commit ends, by where it begins.
type edge struct {
	end  uint64
	from []uint64
	over []tlog.Hash
}

func (e *edge) find(lo, hi uint64) (tlog.Hash, bool) {
	if e.end == hi {
		for i, from := range e.from {
			if from == lo {
				return e.over[i], true
			}
		}
	}
	return tlog.Hash{}, false
}

func (e *edge) keep(lo, hi uint64, h tlog.Hash) {
	if e.end != hi {
		e.end, e.from, e.over = hi, e.from[:0], e.over[:0]
	}
	e.from, e.over = append(e.from, lo), append(e.over, h)
}
