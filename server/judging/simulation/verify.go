package simulation

import (
	"bytes"
	"fmt"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingtest"
)

// event is the one that is played.
var event = judgingtest.ID('e', 1)

// verify holds the ledger, the board and what everybody was told against each other.
func (s *sim) verify(out *Result) {
	records, byMark := s.records(), map[scoring.ID]*scoring.Record{}
	for i := range records {
		r := &records[i]
		if byMark[r.MarkID] != nil || r.Seq != uint64(i+1) {
			s.fatal("record %d is the %d-th, mark %s", r.Seq, i+1, r.MarkID)
		}
		byMark[r.MarkID] = r
	}
	for id, m := range s.tapped {
		s.told(id, &m, byMark[id])
	}
	s.lateness(records)
	s.standing(records, byMark, out)
	s.counting(records)
	s.board(records)
	s.export(len(records))
	out.Records, out.Returned = len(records), len(s.returned)
}

// records are the ledger as it is stored.
func (s *sim) records() (list []scoring.Record) {
	err := s.w.Desk.Replay(s.t.Context(), event, func(r scoring.Record) error {
		list = append(list, r)
		return nil
	})
	if err != nil {
		s.fatal("replay: %v", err)
	}
	return list
}

// lateness asks that late is what came behind a lock, or from a tablet behind its
// replacement, and nothing else.
func (s *sim) lateness(records []scoring.Record) {
	isLocked := false
	for i := range records {
		r := &records[i]
		switch r.Kind {
		case scoring.Lock:
			isLocked = true
		case scoring.Reopen:
			isLocked = false
		}
		behind, isReplaced := s.replaced[r.Device]
		want := isLocked || isReplaced && int(r.Seq) > behind
		if !r.Device.IsZero() && (r.Kind == scoring.Late) != want {
			s.fatal("record %d is of kind %d; locked %v, its device was replaced behind %d (%v)", r.Seq, r.Kind, isLocked, behind, isReplaced)
		}
	}
}

// told holds one tap against what its judge was told.
func (s *sim) told(id scoring.ID, m *judging.MarkCommand, r *scoring.Record) {
	_, hasReceipt := s.receipts[id]
	_, cameBack := s.returned[id]
	switch {
	case !hasReceipt && !cameBack:
		s.fatal("mark %s %+v was never answered", id, m)
	case hasReceipt && cameBack && !s.twice[id]:
		s.fatal("mark %s has a receipt and came back", id)
	case hasReceipt != (r != nil) && !(cameBack && s.twice[id]):
		s.fatal("mark %s: receipt %v, record %v", id, hasReceipt, r)
	case r == nil:
		return
	}
	kind := r.Kind
	if kind == scoring.Late {
		kind = r.Of
	}
	if kind != m.Kind || r.Value != m.Value || r.Aspect != m.Aspect || r.Chair != m.Chair || r.Supersedes != m.Supersedes || r.DeviceSeq != m.DeviceSeq {
		s.fatal("mark %s was tapped as %+v and stands as %+v", id, m, r)
	}
	if hasReceipt && s.isLate[id] != (r.Kind == scoring.Late) {
		s.fatal("mark %s: told late %v, it is %d", id, s.isLate[id], r.Kind)
	}
}

// standing folds the cells by hand: what takes the place of a mark names it.
func (s *sim) standing(records []scoring.Record, byMark map[scoring.ID]*scoring.Record, out *Result) {
	cells := map[string]scoring.ID{}
	for i := range records {
		r := &records[i]
		if r.Kind == scoring.Late {
			out.Late++
		}
		if !r.Device.IsZero() && s.tapped[r.MarkID].MarkID.IsZero() {
			s.fatal("record %d is of a device and nobody tapped it", r.Seq)
		}
		of, counted := r, false
		if r.Kind == scoring.Count {
			of, counted = byMark[r.Supersedes], true
		}
		kind := of.Kind
		if counted {
			kind = of.Of
		}
		at := fmt.Sprint(of.Entry, of.Aspect, of.Chair)
		switch kind {
		case scoring.Mark, scoring.NotPerformed, scoring.Withdraw, scoring.Absent:
			if !counted && cells[at] != of.Supersedes {
				s.fatal("record %d takes the place of %s and names %s", r.Seq, cells[at], of.Supersedes)
			}
			if cells[at] = of.MarkID; kind == scoring.Withdraw {
				cells[at] = scoring.ID{}
			}
			out.Counted++
		case scoring.Clock:
			out.Clocks++
		}
	}
	s.cells(cells)
}

// cells asks the board for what stands.
func (s *sim) cells(want map[string]scoring.ID) {
	s.read(func(b *scoring.Board) {
		for at, mark := range want {
			var entry scoring.EntryID
			var aspect string
			var chair scoring.ChairID
			_, err := fmt.Sscanf(strings.NewReplacer("score", " score ", "piece", " piece ", "level", " level ", "finish", " finish ").Replace(at), "%d %s %d", &entry, &aspect, &chair)
			if err != nil {
				s.fatal("cell %q: %v", at, err)
			}
			if c, ok := b.Cell(entry, aspect, 1, 1, chair); ok == mark.IsZero() || c.MarkID != mark {
				s.fatal("cell %s holds %+v, the records say %s", at, c, mark)
			}
		}
	})
}

func (s *sim) read(use func(b *scoring.Board)) {
	err := s.w.Desk.Read(s.t.Context(), event, func(r judging.Reading) error {
		use(r.Board)
		return nil
	})
	if err != nil {
		s.fatal("read: %v", err)
	}
}

// counting asks for holes, and for what devices have handed over.
func (s *sim) counting(records []scoring.Record) {
	p, err := s.w.Desk.Progress(s.t.Context(), s.w.Organiser(), event)
	if err != nil {
		s.fatal("progress: %v", err)
	}
	late := map[contest.ID]int{}
	for i := range records {
		if records[i].Kind == scoring.Late {
			late[records[i].Device]++
		}
	}
	for _, d := range p.Devices {
		if len(d.Holes) > 0 || d.Late != late[d.Device] {
			s.fatal("device %s has holes %v, and handed over %d of %d", d.Device, d.Holes, d.Late, late[d.Device])
		}
	}
}

// board makes the board anew from the records.
func (s *sim) board(records []scoring.Record) {
	setup, err := s.w.Events.Setup(s.t.Context(), event)
	if err != nil {
		s.fatal("setup: %v", err)
	}
	anew, err := scoring.Rebuild(setup.Rules, records)
	if err != nil {
		s.fatal("the records are no board: %v", err)
	}
	s.read(func(b *scoring.Board) {
		if now, want := drawing(b), drawing(anew); now != want {
			s.fatal("the board is\n%s\nits records make\n%s", now, want)
		}
	})
}

// drawing is all that a board shows.
func drawing(b *scoring.Board) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d %s %+v\n", b.Seq(), b.Phase(), b.View(scoring.Chief))
	for _, e := range b.Entries() {
		w := b.Working(e)
		fmt.Fprintf(&out, "%d %s %s %v\n", e, w.Total, b.Status(e), b.Missing(e))
	}
	for chair := range judgingtest.Last + 1 {
		fmt.Fprintf(&out, "%d %+v %v\n", chair, b.Marks(chair), b.Sits(chair))
	}
	for _, c := range b.Sessions() {
		fmt.Fprintf(&out, "%d %s %s %d %d %s %v\n", c.Entry, c.Criterion, c.State, c.NetMillis, c.Added, c.Newest, c.Events)
	}
	return out.String()
}

// export verifies what an arbitration group would get; while sealed there is none.
func (s *sim) export(records int) {
	e, err := s.w.Desk.Export(s.t.Context(), s.w.Organiser(), event)
	if err != nil {
		return
	}
	var text bytes.Buffer
	if err := e.Write(s.t.Context(), &text); err != nil {
		s.fatal("export: %v", err)
	}
	if err := judgingtest.Verify(s.w, text.String(), records); err != nil {
		s.fatal("the export: %v", err)
	}
}
