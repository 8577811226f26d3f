package demo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jiangtai/scoring/pad"
	"jiangtai/server/rehearsal"
)

// hall is what a judge on the floor keeps (现场): the clocks of one module.
type hall struct {
	tablet *rehearsal.Tablet
	module string
	timed  *pad.Pad // takes the net time; nil where none does
	inside []string // the module's aspects
	works  []string // those that compete, in the tablet's order
	clocks map[string]clock
	now    func() time.Time
}

// clock is how far a work's session is, in milliseconds.
type clock struct {
	state      string
	net, since int64
}

// hallOf is what the tablet of a panel's first seat keeps, as its bundle says: the module
// whose time it notes, or on the floor's panel its first one; nil when it keeps no clock.
func hallOf(t *rehearsal.Tablet, now func() time.Time) *hall {
	if t.Bundle.Chair.Seat != 1 {
		return nil
	}
	h := &hall{tablet: t, clocks: map[string]clock{}, now: now}
	for _, s := range t.Bundle.Sheets {
		var inside []string
		var timed *pad.Pad
		for _, sub := range s.Subs {
			for i, p := range sub.Aspects {
				inside = append(inside, p.ID)
				if p.Kind == "time" {
					timed = &sub.Aspects[i]
				}
			}
		}
		first := h.module == "" && t.Bundle.Chair.Panel == "floor"
		if s.Criterion.Identity != "coded" && (timed != nil || first) {
			h.module, h.inside, h.timed = s.Criterion.ID, inside, timed
		}
	}
	if h.module == "" {
		return nil
	}
	for _, w := range t.Bundle.Works {
		if (w.Status == "" || w.Status == "competing") && slices.Contains(w.Criteria, h.module) {
			h.works = append(h.works, w.Work)
		}
	}
	for _, s := range t.Bundle.Sessions {
		if s.Criterion == h.module {
			h.clocks[s.Work] = clock{s.State, s.Net, s.Since}
		}
	}
	return h
}

// say is a word about a work's session, given so long ago.
func (h *hall) say(work, word, text string, ago time.Duration) rehearsal.MarkBody {
	m := h.tablet.Mark(rehearsal.Cell{Work: work}, word)
	m.Kind, m.Aspect, m.Text = "clock", h.module, text
	m.ClientAt = h.now().Add(-ago).UnixMilli()
	return m
}

// before is what the floor says before a mark: whoever marks a work of the module has
// it in hand. Its session ends, and the next one begins; a mark of the time is then the
// clock's.
func (h *hall) before(c rehearsal.Cell, value string) (words []rehearsal.MarkBody, mark string) {
	if h == nil || !slices.Contains(h.inside, c.Pad.ID) || h.timed != nil && h.timed.ID != c.Pad.ID {
		return nil, value
	}
	at := h.clocks[c.Work]
	if at.state != "running" && at.state != "paused" {
		return nil, value
	}
	end := h.say(c.Work, "hand_in", "", 0)
	if at.state == "running" {
		at.net += end.ClientAt - at.since
	}
	h.clocks[c.Work] = clock{state: "handed_in", net: at.net}
	words = append(words, end)
	for _, next := range h.works[slices.Index(h.works, c.Work)+1:] {
		if h.clocks[next].state == "" {
			start := h.say(next, "start", "", 0)
			h.clocks[next] = clock{state: "running", since: start.ClientAt}
			words = append(words, start)
			break
		}
	}
	if h.timed != nil {
		value = seconds(at.net)
	}
	return words, value
}

func seconds(millis int64) string { return strconv.FormatInt(millis/1000, 10) }

// moment is a word of a session that is under way, so many hundredths of the usual
// time before now.
type moment struct {
	word, text string
	ago        int
}

// underWay are the works after the last one that is marked, as a visitor finds them; one
// more waits. What runs has begun to run just now: another tablet, such as the visitor's,
// counts from there by the server's clock, and the console shows the same.
var underWay = [][]moment{
	{{"start", "", 80}, {"pause equipment", "", 7}, {"resume", "", 0}},
	{{"start", "", 0}},
	{{"start", "", 64}, {"pause injury", "", 4}},
	{{"start", "", 68}, {"pause equipment", "", 12}, {"add 300", "设备故障，更换后补时", 5}, {"resume", "", 0}},
	{{"start", "", 58}, {"pause rule", "", 9}, {"violation", "工具越过工位线，已提醒", 8}, {"resume", "", 0}},
	{{"start", "", 96}, {"hand_in", "", 1}},
	{{"start", "", 93}, {"pause material", "", 3}, {"resume", "", 0}},
}

// settle puts an event's works into sessions: those that are marked are handed in and
// signed, those after them under way. Where no time is marked, judges on the floor keep
// clocks in the first event only: a visitor looks there.
func (d *Marking) settle(ctx context.Context, i int, e rehearsal.Event, t *rehearsal.Tablet) error {
	if h := hallOf(t, d.Now); h == nil || h.timed == nil && i > 0 {
		return nil
	}
	if err := t.Load(ctx); err != nil {
		return err
	}
	h, marked := hallOf(t, d.Now), map[string]string{}
	for _, m := range t.Bundle.Marks {
		if marked[m.Work] == "" || h.timed != nil && m.Aspect == h.timed.ID {
			marked[m.Work] = m.Value
		}
	}
	edge := slices.IndexFunc(h.works, func(w string) bool { return marked[w] == "" })
	if edge < 0 {
		edge = len(h.works)
	}
	if edge == 0 {
		return nil // nothing has begun
	}
	var words []rehearsal.MarkBody
	for i, w := range h.works[:edge] {
		ago := time.Duration(edge-i) * 90 * time.Second
		words = append(words, h.done(w, i, ago, d.took(e, h, w, marked[w]))...)
	}
	for i, moments := range underWay[:min(len(underWay), len(h.works)-edge)] {
		w := h.works[edge+i]
		words = append(words, h.play(w, moments, d.took(e, h, w, ""))...)
	}
	answers, err := t.Send(ctx, words)
	for n, a := range answers {
		if a.Problem != nil {
			return fmt.Errorf("%w: %s: %w", errGiven, words[n].Value, a.Problem)
		}
	}
	return err
}

// took is how long a work takes: what is marked, else what is usual; where no time is
// marked, about an hour.
func (d *Marking) took(e rehearsal.Event, h *hall, work, marked string) time.Duration {
	if h.timed == nil {
		return time.Duration(45+quality(e.ID, work)/4) * time.Minute
	}
	if marked == "" {
		marked = d.hand(e.ID, len(work)).Value(*h.timed, quality(e.ID, work))
	}
	n, _ := strconv.ParseInt(marked, 10, 32) // times are whole seconds; another value is as none
	return time.Duration(n) * time.Second
}

// scribble is a signature as a tablet writes it.
const scribble = "600 240;60,150,0 140,60,40 200,170,80 290,70,120 380,150,160;400,90,300 470,80,340 520,130,380"

// done is the session of a work that was handed in so long ago: with a pause, something
// that was noted, or a refusal to sign, one after the other.
func (h *hall) done(work string, i int, ago, took time.Duration) []rehearsal.MarkBody {
	const rest = 4 * time.Minute
	var words []rehearsal.MarkBody
	switch i % 4 {
	case 1:
		words = append(words, h.say(work, "start", "", ago+took+rest),
			h.say(work, "pause material", "", ago+took/2+rest), h.say(work, "resume", "", ago+took/2))
	case 2:
		words = append(words, h.say(work, "start", "", ago+took), h.say(work, "violation", "未戴护目镜，已当场改正", ago+took/2))
	default:
		words = append(words, h.say(work, "start", "", ago+took))
	}
	words = append(words, h.say(work, "hand_in", "", ago))
	if i%4 == 3 {
		return append(words, h.say(work, "refused", "对用时有异议，拒签；见证人：监督组（演示）", ago-time.Minute))
	}
	return append(words, h.say(work, "signed", scribble, ago-30*time.Second))
}

// play is a session under way; one that is handed in gives its time.
func (h *hall) play(work string, moments []moment, usual time.Duration) (words []rehearsal.MarkBody) {
	for _, m := range moments {
		words = append(words, h.say(work, m.word, m.text, usual*time.Duration(m.ago)/100))
	}
	if last := len(words) - 1; moments[last].word == "hand_in" && h.timed != nil {
		net := words[last].ClientAt - words[0].ClientAt
		words = append(words, h.tablet.Mark(rehearsal.Cell{Work: work, Pad: *h.timed, Attempt: 1}, seconds(net)))
	}
	return words
}
