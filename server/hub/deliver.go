package hub

// memo keeps the bytes that a round made for cursors at the same place: most
// readers of a topic stand at one.
type memo struct {
	at   [8]place
	made [8]piece
	used int
}

type place struct {
	n    uint64
	form form
}

type piece struct {
	b      []byte
	frames int
	whole  bool
	gen    uint32
	n      uint64 // where the cursor stands when it is written
}

func (m *memo) reset() { *m = memo{} }

func (s *shard) deliver(g *group) {
	st := g.topic.now()
	s.joined.reset()
	for _, sb := range g.subs {
		if sb.reader.state == ready {
			s.advance(sb, st)
		}
	}
}

// advance writes what lies between the cursor and the topic; false when the
// reader takes no more for now.
func (s *shard) advance(sb *sub, st topicState) bool {
	if sb.gen == st.gen && sb.n >= st.head {
		return !sb.nameless || s.greet(sb, st)
	}
	p := s.piece(sb, st)
	if sb.nameless && !p.whole {
		p.b = append(s.nameOf(sb, st), p.b...)
	}
	if !s.write(sb.reader, p.b) {
		return false
	}
	sb.n, sb.gen, sb.nameless = p.n, p.gen, false
	if p.whole {
		s.stats.snapshots.Add(1)
	} else {
		s.stats.frames.Add(int64(p.frames))
	}
	return sb.reader.state == ready
}

// greet answers a reader who goes on from where the topic is.
func (s *shard) greet(sb *sub, st topicState) bool {
	b := s.nameOf(sb, st)
	if s.hub.cfg.Beat != nil {
		b = append(b, s.beatOf(sb.reader)...)
		s.stats.beats.Add(1)
	}
	if !s.write(sb.reader, b) {
		return false
	}
	sb.nameless = false
	return sb.reader.state == ready
}

// nameOf is the caller's to append to. A name is too short to be worth packing.
func (s *shard) nameOf(sb *sub, st topicState) []byte {
	t := sb.group.topic
	return s.hub.cfg.Wrap(s.hub.cfg.Name(t.name, t.number, st.epoch))
}

func (s *shard) piece(sb *sub, st topicState) piece {
	if sb.gen != st.gen {
		return s.wholePiece(sb)
	}
	m, at := &s.joined, place{n: sb.n, form: sb.reader.form}
	for i := range m.used {
		if m.at[i] == at {
			return m.made[i]
		}
	}
	p := piece{gen: st.gen, n: st.head}
	var ok bool
	p.b, p.frames, ok = st.since(sb.n, at.form)
	weight := int(sb.group.topic.weight.Load())
	if !ok || p.frames > 1 && weight > 0 && len(p.b) > weight {
		p = s.wholePiece(sb)
	}
	if m.used < len(m.at) {
		m.at[m.used], m.made[m.used] = at, p
		m.used++
	}
	return p
}

func (s *shard) wholePiece(sb *sub) piece {
	snap := sb.group.topic.whole()
	return piece{b: snap.wire.in(sb.reader.form), whole: true, gen: snap.gen, n: snap.n}
}

// write gives bytes to a reader that is ready; false when they were not taken.
func (s *shard) write(r *Reader, b []byte) bool {
	switch r.sink.TryWrite(b) {
	case Sent:
	case Held:
		s.wait(r)
	case Full:
		s.wait(r)
		return false
	case Gone:
		s.closeReader(r, 1006)
		return false
	}
	r.sentTick = s.tick
	s.makeWay()
	s.stats.writes.Add(1)
	s.stats.bytes.Add(int64(len(b)))
	return true
}

func (s *shard) wait(r *Reader) {
	if r.state == ready {
		r.state = waiting
		r.tries = 0
		r.retryTick = 0
		s.full = append(s.full, r)
		s.stats.waiting.Add(1)
	}
}

// retryFull asks the full sinks again, each after 1, 2, 4 … 64 calls.
func (s *shard) retryFull() {
	still := s.full[:0]
	for _, r := range s.full {
		if r.state != waiting {
			continue
		}
		if r.retryTick++; r.retryTick < 1<<r.tries {
			still = append(still, r)
			continue
		}
		r.retryTick = 0
		r.tries = min(r.tries+1, 6)
		switch r.sink.TryWrite(nil) {
		case Sent:
			r.state = ready
			s.stats.waiting.Add(-1)
			tries := r.tries
			mark := len(s.full)
			s.flush(r)
			if r.state == waiting {
				// flush put it behind the list that we are walking.
				s.full = s.full[:mark]
				still = append(still, r)
				r.tries = tries
			}
		case Gone:
			s.closeReader(r, 1006)
		case Held: // he reads
			r.tries = 0
			still = append(still, r)
		case Full:
			still = append(still, r)
		}
	}
	clear(s.full[len(still):])
	s.full = still
}

// flush writes all that waits for a reader that is ready.
func (s *shard) flush(r *Reader) {
	for len(r.pending) > 0 {
		if !s.write(r, r.pending[0]) {
			return
		}
		r.pending = r.pending[1:]
		if r.state != ready {
			return
		}
	}
	r.pending = nil
	for _, sb := range r.subs {
		s.joined.reset()
		if !s.advance(sb, sb.group.topic.now()) {
			return
		}
	}
}

// visit looks after the readers of one slot, each once a second: who lives, and
// who heard nothing for most of a second.
func (s *shard) visit(list []*Reader) {
	now := s.hub.cfg.Now()
	for _, r := range list {
		if r.state != ready && r.state != waiting {
			continue
		}
		if r.isSilent(now, s.hub.cfg.Silence) {
			s.closeReader(r, CloseSilent)
			continue
		}
		if r.state != ready {
			continue
		}
		quiet := s.tick-r.sentTick >= slots/2
		if r.visits++; r.visits >= pingEvery && s.hub.cfg.Ping != nil {
			r.visits = 0
			if !s.write(r, s.hub.cfg.Ping) || r.state != ready {
				continue
			}
		}
		if quiet {
			s.beat(r)
		}
	}
}

// beat tells a reader where his cursors are, so that he notices what he lost. Most
// readers have one topic and stand where it stands: theirs is made once.
func (s *shard) beat(r *Reader) {
	if s.hub.cfg.Beat == nil {
		return
	}
	b := s.beatOf(r)
	if s.write(r, b) {
		s.stats.beats.Add(1)
	}
}

func (s *shard) beatOf(r *Reader) []byte {
	var of *sub
	if len(r.subs) == 1 && r.subs[0].gen != 0 {
		of = r.subs[0]
		if m := s.beats; m.topic == of.group.topic && m.n == of.n && m.tick == s.tick {
			return m.b
		}
	}
	marks := make([]Mark, 0, len(r.subs))
	for _, sb := range r.subs {
		if sb.gen != 0 {
			marks = append(marks, Mark{Topic: sb.group.topic.name, N: sb.n})
		}
	}
	b := s.hub.cfg.Wrap(s.hub.cfg.Beat(s.hub.cfg.Now(), marks))
	if of != nil {
		s.beats = beatMemo{topic: of.group.topic, n: of.n, tick: s.tick, b: b}
	}
	return b
}

// beatMemo is the newest beat of a tick, for those who stand at the same place.
type beatMemo struct {
	topic *Topic
	n     uint64
	tick  uint32
	b     []byte
}
