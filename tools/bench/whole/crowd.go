package whole

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/pulse"
	"jiangtai/tools/bench/gauge"
	"jiangtai/tools/bench/swarm"
)

// What Crowd asks: 64 tablets give marks at a steady rate, alone and beside 5,000
// phones of their events, in turns.
const (
	crowdTablets = 64
	crowdPhones  = 5_000
	crowdRate    = 300 // marks a second of all tablets
	crowdLength  = 5 * time.Second
	crowdTurns   = 2
)

// Crowd compares how long judges wait for a receipt without and with a crowd that
// watches the same events.
func (p *Program) Crowd(ctx context.Context, out io.Writer) error {
	tablets, topics, err := p.seat(ctx, "bench-crowd", crowdTablets)
	if err != nil {
		return err
	}
	hall := judges{tablets: tablets}
	for _, t := range tablets {
		hall.cells = append(hall.cells, t.Open())
	}
	if _, err := hall.mark(ctx, time.Second); err != nil { // what is done for the first time
		return err
	}
	var alone, beside pulse.Spread
	var cpu [2]time.Duration
	lost := 0
	for range crowdTurns {
		for i, waits := range []*pulse.Spread{&alone, &beside} {
			crowd, err := p.spectate(ctx, i*crowdPhones, topics)
			if err != nil {
				return err
			}
			before := gauge.CPU(p.PID)
			waited, err := hall.mark(ctx, crowdLength)
			cpu[i] += gauge.CPU(p.PID) - before
			gone, ended := crowd.end()
			if lost += gone; err != nil || ended != nil {
				return errors.Join(err, ended)
			}
			waits.Join(&waited)
		}
	}
	ms := func(s *pulse.Spread, share float64) float64 { return s.Quantile(share).Seconds() * 1000 }
	of := func(s *pulse.Spread, cpu time.Duration) string {
		return fmt.Sprintf("p50 %.1f, most %.0f; %d marks; processors of the program %.2f",
			ms(s, .5), s.Most().Seconds()*1000, s.Count(), cpu.Seconds()/(crowdTurns*crowdLength.Seconds()))
	}
	Print(out,
		Figure{fmt.Sprintf("%d tablets, %d marks/s: a receipt, p99", crowdTablets, crowdRate), ms(&alone, .99), -1, "ms", of(&alone, cpu[0])},
		Figure{fmt.Sprintf("  beside %d phones of the same events, p99", crowdPhones), ms(&beside, .99), -1, "ms", of(&beside, cpu[1])},
		Figure{"  the second beside the first", ms(&beside, .99) / ms(&alone, .99), 2, "", ""},
		Figure{"  phones that lost their connection", float64(lost), 0, "", ""},
	)
	return nil
}

// judges are tablets with what they have still to mark.
type judges struct {
	tablets []*rehearsal.Tablet
	cells   [][]rehearsal.Cell
}

var errUnanswered = errors.New("a mark without a receipt")

// mark gives marks, one a request, evenly over the tablets and the time, and says how
// long after its planned moment each had its receipt: a tablet that waits for an
// answer does not hide that its next mark waits too.
func (j *judges) mark(ctx context.Context, length time.Duration) (waited pulse.Spread, err error) {
	every := time.Second * time.Duration(len(j.tablets)) / crowdRate
	begin := time.Now().Add(every)
	var mu sync.Mutex // guards waited and err
	var group sync.WaitGroup
	for i, t := range j.tablets {
		group.Go(func() {
			for at := begin.Add(every * time.Duration(i) / time.Duration(len(j.tablets))); at.Before(begin.Add(length)); at = at.Add(every) {
				time.Sleep(time.Until(at))
				cell := j.cells[i][0]
				j.cells[i] = j.cells[i][1:]
				answers, failed := t.Send(ctx, []rehearsal.MarkBody{t.Mark(cell, strconv.Itoa(len(j.cells[i])%10))})
				if failed == nil && answers[0].Receipt == nil {
					failed = errUnanswered
				}
				mu.Lock()
				waited.Add(time.Since(at))
				err = errors.Join(err, failed)
				mu.Unlock()
				if failed != nil {
					return
				}
			}
		})
	}
	group.Wait()
	return waited, err
}

// spectators are phones in a process of their own, so that tablets do not wait for
// them.
type spectators struct {
	cmd   *exec.Cmd
	input io.Closer
	said  *bufio.Reader
}

// spectate has so many phones follow the topics in turn; it returns when all have a
// board. Nobody is a crowd too.
func (p *Program) spectate(ctx context.Context, n int, topics []string) (*spectators, error) {
	self, err := os.Executable()
	if err != nil || n == 0 {
		return &spectators{}, err
	}
	s := &spectators{cmd: exec.CommandContext(ctx, self, append([]string{"phones", strings.TrimPrefix(p.Base, "http://"), strconv.Itoa(n)}, topics...)...)}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if s.input, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	s.said = bufio.NewReader(out)
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	if _, err := s.said.ReadString('\n'); err != nil {
		_, ended := s.end()
		return nil, errors.Join(err, ended)
	}
	return s, nil
}

// end sends the phones away and says how many had lost their connection before.
func (s *spectators) end() (lost int, err error) {
	if s.cmd == nil {
		return 0, nil
	}
	_ = s.input.Close()
	_, err = fmt.Fscan(s.said, &lost)
	return lost, errors.Join(err, s.cmd.Wait())
}

// Phones is the other process: it says a line once all are there, and how many lost
// their connection when its input has ended.
func Phones(input io.Reader, out io.Writer, address, count string, topics []string) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	s, err := swarm.Open(swarm.Config{
		Address: address, Clients: n, Header: swarm.Packed,
		Subscribe: func(i int) string { return `{"subscribe":["` + topics[i%len(topics)] + `"]}` },
	}, time.Minute)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "here")
	_, _ = io.Copy(io.Discard, input)
	lost := s.Lost()
	s.Close()
	_, err = fmt.Fprintln(out, lost)
	return err
}
