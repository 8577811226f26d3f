package keying

// State is how far a cell is.
type State string

// The states of a cell.
const (
	Waiting State = "waiting" // not yet keyed twice and finished
	Differ  State = "differ"  // the two have keyed differently: somebody decides
	Ready   State = "ready"   // agreed on or decided, and not given yet
	Stands  State = "stands"  // another mark stands in its place: somebody decides
	Beside  State = "beside"  // the tablet says something else: somebody looks
	Done    State = "done"    // the mark is given, or paper and tablet say the same, or nothing is to be given
)

// Compared is a cell with all that is known of it.
type Compared struct {
	At
	Column   int
	First    Keyed
	Second   Keyed
	Standing Standing
	Decision *Decision // of the paper's value
	Settling *Decision // of paper and tablet
	State    State
	Paper    Value // what the paper says, once that is known
}

// isOpen is whether the state asks for a person.
func (s State) isOpen() bool { return s == Differ || s == Stands || s == Beside }

// keyings are what two passes have keyed, by cell.
type keyings map[At][2]Keyed

// compare holds what was keyed against each other and against the board, for every open cell in the order of the paper.
func compare(s *Sheet, keyed keyings, decisions map[At][]Decision) []Compared {
	var out []Compared
	for i := range s.Rows {
		row := &s.Rows[i]
		if row.IsOff {
			continue
		}
		for j := range s.Columns {
			cell := row.Cells[j]
			if cell.IsClosed {
				continue
			}
			c := Compared{At: At{row.Work, s.Columns[j].Pad.ID, s.Columns[j].Attempt, cell.Round}, Column: j, Standing: cell}
			two := keyed[c.At]
			c.First, c.Second = two[0], two[1]
			for k := range decisions[c.At] {
				if dec := &decisions[c.At][k]; dec.Kind == Settled {
					c.Settling = dec
				} else {
					c.Decision = dec
				}
			}
			c.judge(s.IsTablet || cell.ByTablet)
			out = append(out, c)
		}
	}
	return out
}

// judge finds a cell's state; beside a tablet the paper gives no mark.
func (c *Compared) judge(beside bool) {
	switch {
	case c.Decision != nil:
		c.Paper = c.Decision.Value
	case !c.First.IsClosed || !c.Second.IsClosed:
		c.State = Waiting
		return
	case c.First.Value != c.Second.Value:
		c.State = Differ
		return
	default:
		c.Paper = c.First.Value
	}
	same := c.Paper == c.Standing.Value
	switch {
	case same:
		c.State = Done
	case beside && c.Settling != nil && c.Settling.Beside == c.Standing.word() && c.Settling.Text == c.Paper.word():
		c.State = Done
	case beside:
		c.State = Beside
	case c.Standing.Kind == Empty:
		c.State = Ready
	default:
		c.State = Stands
	}
}

// word is a value as a note of it.
func (v Value) word() string { return string(v.Kind) + ":" + v.Text }
