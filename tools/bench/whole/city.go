package whole

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"jiangtai/server/app/capacity"
	"jiangtai/server/rehearsal/crowd"
	"jiangtai/server/rehearsal/drill"
	"jiangtai/tools/bench/gauge"
)

// local spreads phones over addresses, for one has only 28,000 ports.
func local(i int) net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(11+i%8))} }

// plan is a drill with what every scenario has in common.
func (p *Program) plan(length time.Duration) drill.Drill {
	return drill.Drill{Staff: p.Staff, Length: length, Seed: 1, Now: time.Now, Even: true, Together: 128, Local: local}
}

// City has 120 events at once: 840 tablets that give 300 marks a second, 10,000
// phones, or as many as the limit of open files lets in.
func (p *Program) City(ctx context.Context, out io.Writer) error {
	d := p.plan(12 * time.Second)
	d.Judges, d.Spectators = 120*7, min(10_000, capacity.Room(capacity.Files())-20)
	d.Pace = drill.Pace{Least: 1400 * time.Millisecond, Most: 4200 * time.Millisecond}
	var cpu, own time.Duration
	d.During = func(ctx context.Context, _ *crowd.Crowd) {
		cpu, own = gauge.CPU(p.PID), gauge.CPU(os.Getpid())
		<-ctx.Done()
		cpu, own = gauge.CPU(p.PID)-cpu, gauge.CPU(os.Getpid())-own
	}
	r, err := d.Run(ctx)
	if err != nil {
		return err
	}
	Print(out,
		Figure{fmt.Sprintf("%d phones, 120 events: mark to phone, p99", d.Spectators), r.Phones.Way.P99, 250, "ms", fmt.Sprintf("p50 %.1f, p95 %.1f, most %.0f; %d deliveries", r.Phones.Way.P50, r.Phones.Way.P95, r.Phones.Way.Most, r.Phones.Way.Count)},
		Figure{"  of it until the receipt, p99", r.Marks.Receipt.P99, -1, "ms", fmt.Sprintf("%.0f marks/s", float64(r.Marks.Received)/r.Seconds)},
		Figure{"  processors of the program", cpu.Seconds() / r.Seconds, -1, "", fmt.Sprintf("phones and tablets %.2f; %.0f MB resident", own.Seconds()/r.Seconds, float64(gauge.Resident(p.PID))/(1<<20))},
	)
	Print(out, held(r)...)
	return nil
}

// held is what must be so whatever the load.
func held(r *drill.Result) []Figure {
	c, note := r.Compared, ""
	if len(r.Faults) > 0 {
		note = fmt.Sprint(r.Faults)
	}
	lost := c.Missing + c.Twice + c.Moved + r.Marks.Unsent + r.Marks.Differed + len(r.Marks.Returned) + len(r.Faults)
	if !c.Done {
		lost++
	}
	unexpected := r.Phones.Refused + r.Phones.Broken + r.Phones.Silent + r.Phones.Holes
	for _, n := range r.Phones.Closed {
		unexpected += n
	}
	return []Figure{
		{"  marks lost, doubled or left behind", float64(lost), 0, "", fmt.Sprintf("%d marks with a receipt %s", r.Marks.Received, note)},
		{"  phones whose last state is not the server's", float64(c.Behind), 0, "", fmt.Sprintf("%d phones, %d boards", c.Phones, c.Boards)},
		{"  connections lost or refused, holes", float64(unexpected), 0, "", ""},
		{"  lateness of the phones' own process, p99", r.Lag.P99, -1, "ms", ""},
	}
}
