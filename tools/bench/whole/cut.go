package whole

import (
	"context"
	"fmt"
	"io"
	"time"

	"jiangtai/server/rehearsal/crowd"
	"jiangtai/server/rehearsal/drill"
)

// Cut cuts 5,000 phones off at once while judges mark: first as a network that was
// lost, when pages try again after half a second to one, then as after a restart,
// when they spread over half a second to eight.
func (p *Program) Cut(ctx context.Context, out io.Writer) error {
	const phones, within = 5_000, 15 * time.Second
	d := p.plan(22 * time.Second)
	d.Judges, d.Spectators, d.Pace = 70, phones, drill.Pace{Least: time.Second, Most: 3 * time.Second}
	took := map[int]float64{}
	d.During = func(ctx context.Context, c *crowd.Crowd) {
		for _, tries := range []int{0, 3} {
			began := time.Now()
			c.CutAll(tries)
			for c.Here() > phones/2 && ctx.Err() == nil { // the cut is noticed
				time.Sleep(time.Millisecond)
			}
			back, cancel := context.WithTimeout(ctx, within)
			err := c.Gather(back)
			cancel()
			took[tries] = time.Since(began).Seconds()
			if err != nil {
				took[tries] = within.Seconds() + float64(phones-c.Here())
			}
		}
		<-ctx.Done()
	}
	r, err := d.Run(ctx)
	if err != nil {
		return err
	}
	Print(out,
		Figure{"5,000 phones cut at once, pages' wait 0.5–1 s: all are back", took[0], within.Seconds(), "s", ""},
		Figure{"5,000 phones cut at once, pages' wait 0.5–8 s: all are back", took[3], within.Seconds(), "s", ""},
		Figure{"  a judge's receipt meanwhile, p99", r.Marks.Receipt.P99, 500, "ms", fmt.Sprintf("%d marks", r.Marks.Received)},
		Figure{"  requests of tablets that had to be sent again", float64(sum(r.Marks.Retries)), 0, "", ""},
	)
	r.Phones.Refused, took = 0, nil // a page that is refused comes again; that all are back is counted above
	Print(out, held(r)...)
	return nil
}

func sum(list map[string]int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}
