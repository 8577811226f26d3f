package results

import (
	"context"

	"jiangtai/scoring"
)

// recused are the entries of which a chair's marks were left out.
func recused(b *scoring.Board) map[scoring.EntryID]bool {
	out := map[scoring.EntryID]bool{}
	chairs := b.Chairs()
	for _, id := range b.Entries() {
		for i := range chairs {
			if b.Recused(chairs[i].Chair, id) {
				out[id] = true
				break
			}
		}
	}
	return out
}

// moved are the entries that recusals have changed: those whose marks were left
// out, and those whose totals moved with them, since some mark is given by the best
// of the field. It is reckoned once for each head.
func (d *Desk) moved(ctx context.Context, f *facts) (map[scoring.EntryID]bool, error) {
	if len(f.recused) == 0 {
		return nil, nil
	}
	if k, ok := d.reckoned(f); ok {
		return k, nil
	}
	totals, err := d.cfg.Boards.Unrecused(ctx, f.event.ID)
	if err != nil {
		return nil, err
	}
	out := map[scoring.EntryID]bool{}
	for _, row := range f.rows {
		if f.recused[row.Entry] || totals[row.Entry] != row.Total {
			out[row.Entry] = true
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if k := d.known[f.event.ID]; k.head == f.head {
		k.moved = out
		d.known[f.event.ID] = k
	}
	return out, nil
}

func (d *Desk) reckoned(f *facts) (map[scoring.EntryID]bool, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := d.known[f.event.ID]
	return k.moved, k.head == f.head && k.moved != nil
}
