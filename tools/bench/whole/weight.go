package whole

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/drill"
	"jiangtai/server/rehearsal/wire"
)

// weight is what one frame weighs on the wire, and the rows in it.
type weight struct{ wire, rows, count int }

// Bytes weighs what a mark costs on a board of 60 rows: the frame without its rows,
// plain and as browsers get it.
func (p *Program) Bytes(ctx context.Context, out io.Writer) error {
	tablets, topics, err := p.seat(ctx, "bench-bytes", 1)
	if err != nil {
		return err
	}
	tablet, cells := tablets[0], tablets[0].Open()
	for _, name := range []string{"compressed", "plain"} {
		line, err := wire.Dial(ctx, wire.Target{Base: p.Base, Plain: name == "plain"})
		if err != nil {
			return err
		}
		if err := line.Write([]byte(`{"subscribe":["` + topics[0] + `"]}`)); err != nil {
			return err
		}
		list, err := weigh(ctx, tablet, cells[:100], line)
		line.Close()
		if err != nil {
			return err
		}
		cells = cells[100:]
		sumWire, sumRows, rows, most := 0, 0, 0, 0
		for _, w := range list {
			sumWire, sumRows, rows = sumWire+w.wire, sumRows+w.rows, rows+w.count
			most = max(most, w.wire-w.rows)
		}
		n := float64(len(list))
		Print(out, Figure{
			"one mark on 60 rows, " + name + ": bytes beside the rows that moved", float64(sumWire-sumRows) / n, 80, "B",
			fmt.Sprintf("%.0f on the wire, %.1f rows of %.0f; the most beside them %d", float64(sumWire)/n, float64(rows)/n, float64(sumRows)/n, most),
		})
	}
	return nil
}

// seat has a contest made for so many judges, opens its events and gives the tablets
// and the events' public topics.
func (p *Program) seat(ctx context.Context, code string, judges int) (tablets []*rehearsal.Tablet, topics []string, err error) {
	zip, err := drill.Package(code, judges, 10, time.Now())
	if err != nil {
		return nil, nil, err
	}
	id, err := p.Staff.Import(ctx, zip)
	if err != nil {
		return nil, nil, err
	}
	events, err := p.Staff.Events(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range events {
		topics = append(topics, "event/"+e.ID+"/public")
		codes, err := p.Staff.Codes(ctx, e.ID)
		if err != nil {
			return nil, nil, err
		}
		if err := p.Staff.Act(ctx, e.ID, map[string]any{"act_id": uuid.NewString(), "act": "open"}); err != nil {
			return nil, nil, err
		}
		for _, c := range codes {
			paired, err := p.Staff.As("").Pair(ctx, c.Code)
			if err != nil {
				return nil, nil, err
			}
			t := &rehearsal.Tablet{Client: paired}
			if err := t.Load(ctx); err != nil {
				return nil, nil, err
			}
			tablets = append(tablets, t)
		}
	}
	return tablets, topics, nil
}

var errNoFrame = errors.New("no frame came for a mark")

// weigh gives marks one at a time and weighs the frame of each.
func weigh(ctx context.Context, t *rehearsal.Tablet, cells []rehearsal.Cell, line *wire.Conn) ([]weight, error) {
	if _, err := next(line); err != nil { // the snapshot
		return nil, err
	}
	var out []weight
	for i, c := range cells {
		if _, err := t.Send(ctx, []rehearsal.MarkBody{t.Mark(c, strconv.Itoa(i*7%10))}); err != nil {
			return nil, err
		}
		w, err := next(line)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// next is the next frame that is no heartbeat.
func next(line *wire.Conn) (w weight, err error) {
	for range 10 {
		err = line.Next(time.Now().Add(5*time.Second), func(m wire.Message) error {
			text := m.Text
			if m.Packed {
				if text, err = wire.Unpack(text); err != nil {
					return err
				}
			}
			if bytes.HasPrefix(text, []byte(`{"beat"`)) {
				return nil
			}
			var frame struct{ Rows []json.RawMessage }
			if err := json.Unmarshal(text, &frame); err != nil {
				return err
			}
			w = weight{wire: m.Wire, count: len(frame.Rows)}
			for _, r := range frame.Rows {
				w.rows += len(r)
			}
			return nil
		})
		if err != nil || w.wire > 0 {
			return w, err
		}
	}
	return w, errNoFrame
}
