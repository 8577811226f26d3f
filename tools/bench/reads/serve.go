package reads

import (
	"context"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jiangtai/frontend"
	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/live"
	"jiangtai/server/web"
)

const (
	entries = 60
	judged  = 40 // marks of an entry
)

var (
	event     = contest.ID{0xE0, 0x5A, 0x91, 6: 0x40, 8: 0x80, 15: 1}
	boardPath = "/api/v1/public/events/" + event.String() + "/standings"
)

// Serve answers the public on the listener as the program does, until the input ends.
func Serve(listener net.Listener, input io.Reader) error {
	h := hub.New(hub.Config{Now: time.Now, Beat: live.Beat})
	l := live.New(live.Config{Hub: h, Names: names{}, Now: time.Now})
	l.Opened(contest.Event{ID: event, Contest: contest.ID{0xC0}, Trade: "钳工", TradeEn: "Fitter", Stage: contest.Final, Hall: "一号厂房"},
		contest.Demo, 1, board{})
	app := web.New(web.Config{
		Now: time.Now, Connections: 20_000, Metrics: prometheus.NewRegistry(), Hub: h, Pages: frontend.FS,
		Identify:  func(context.Context, string, string) (contest.Actor, error) { return contest.Actor{}, nil },
		Standings: func(ctx context.Context, id contest.ID) ([]byte, error) { return l.Standings(ctx, id) },
	})
	go func() { _ = app.Listener(listener) }()
	_, err := io.Copy(io.Discard, input)
	return err
}

// board is a final in full swing.
type board struct{}

// View is live.Board's.
func (b board) View(a scoring.Audience) scoring.Standings {
	v := b.Head(a)
	for i := range entries {
		n := i * 37 % entries
		v.Rows = append(v.Rows, scoring.Row{
			Entry: scoring.EntryID(n + 1), Pos: i + 1, Rank: i + 1, Done: judged - i%3, Need: judged,
			Total: fmt.Sprintf("%d.%02d", 97-i, n*41%100),
			Parts: []string{fmt.Sprintf("%d.%d", 99-i, n%10), fmt.Sprintf("%d.%02d", 96-i, n*7%100)},
		})
	}
	return v
}

// Head is live.Board's.
func (board) Head(scoring.Audience) scoring.Standings {
	return scoring.Standings{
		N: 1711, Phase: scoring.Running, Release: scoring.Live, Entries: entries, Done: entries*judged - entries, Need: entries * judged,
	}
}

// Rules is live.Board's.
func (board) Rules() *scoring.Rules { return nil }

type names struct{}

// Contest is live.Names'.
func (names) Contest(context.Context, contest.ID) (string, error) {
	return "江城市职工技能大赛", nil
}

// Entrants is live.Names'.
func (names) Entrants(context.Context, contest.ID, scheme.Identity) ([]live.Entrant, error) {
	const family, given, units = "王李张刘陈杨黄赵周吴", "伟芳娜敏静丽强磊军洋", "机电汽纺化建"
	var list []live.Entrant
	for i := range entries {
		pick := func(of string, n int) string { r := []rune(of); return string(r[n%len(r)]) }
		list = append(list, live.Entrant{
			Entry: scoring.EntryID(i + 1), Label: fmt.Sprintf("Q%03d", i+1), Search: "wxm",
			Name: pick(family, i) + pick(given, i*3) + pick(given, i/7),
			Unit: "江城市第" + pick("一二三四五六七八九", i) + pick(units, i*5) + "厂",
		})
	}
	return list, nil
}
