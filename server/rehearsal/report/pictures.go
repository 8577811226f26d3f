package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"jiangtai/server/rehearsal/drill"
)

// picture is drawn on 100 by 100, y downwards, and stretched; its scales stand
// around it.
type picture struct {
	Title, Says Text
	Curves      []curve
	Bars        []bar
	Goal        float64 // where the goal's line is; 0: none
	GoalIs      string
	X, Y        []tick
}

type curve struct {
	Class  string // also which colour
	Name   Text   // empty: needs no legend
	Points string
	IsArea bool
}

type bar struct {
	X, Y, Width, Height float64
	Class               string
}

type tick struct {
	At    float64
	Label string
}

// goalMs is the delivery's goal, which the pictures show.
const goalMs = 250

func pictures(r drill.Result) []picture {
	if len(r.Slots) < 2 {
		return nil
	}
	return []picture{ways(r), spread(r), here(r), marks(r)}
}

// nice is the least of 1, 2, 2.5, 5 × 10ⁿ that is no less than v.
func nice(v float64) float64 {
	if v <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, f := range []float64{1, 2, 2.5, 5} {
		if v <= f*unit*1.0001 {
			return f * unit
		}
	}
	return 10 * unit
}

// grouped writes thousands apart.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// scale gives y's ticks: nothing, half and all.
func scale(top float64) []tick {
	label := func(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }
	return []tick{{0, label(top)}, {50, label(top / 2)}, {100, "0"}}
}

// times gives x's ticks, in minutes or seconds.
func times(r drill.Result) []tick {
	whole := r.SlotSeconds * float64(len(r.Slots))
	var out []tick
	for i := range 5 {
		at := whole * float64(i) / 4
		label := fmt.Sprintf("%.0f s", at)
		if whole > 150 {
			label = strings.TrimSuffix(fmt.Sprintf("%.1f", at/60), ".0") + " min"
		}
		out = append(out, tick{float64(i) * 25, label})
	}
	return out
}

// draw makes a curve of one value a slot.
func draw(r drill.Result, top float64, isArea bool, of func(drill.Slot) float64) string {
	var b strings.Builder
	step := 100 / float64(len(r.Slots)-1)
	if isArea {
		b.WriteString("0,100 ")
	}
	for i, s := range r.Slots {
		fmt.Fprintf(&b, "%.2f,%.2f ", float64(i)*step, 100-100*min(1, of(s)/top))
	}
	if isArea {
		b.WriteString("100,100")
	}
	return strings.TrimSpace(b.String())
}

func ways(r drill.Result) picture {
	most := goalMs * 1.2
	for _, s := range r.Slots {
		most = max(most, s.WayP99)
	}
	top := nice(most / 1000)
	p := picture{
		Title: Text{"打分到手机用了多久（秒）", "From a tap to a phone (seconds)"},
		Says: Text{
			"三条线：一半的分数、95%、99% 在多久内到达手机。虚线是 95% 的目标。越低越好；尖峰是断网的平板一起补交。",
			"Three lines: within which time half of the marks, 95 % and 99 % were on a phone. The dashed line is the goal for 95 %. Low is good; peaks are offline tablets that deliver.",
		},
		X: times(r), Y: scale(top), Goal: 100 - 100*goalMs/1000/top, GoalIs: "0.25",
	}
	for _, c := range []struct {
		class string
		name  string
		of    func(drill.Slot) float64
	}{
		{"c3", "99%", func(s drill.Slot) float64 { return s.WayP99 / 1000 }},
		{"c2", "95%", func(s drill.Slot) float64 { return s.WayP95 / 1000 }},
		{"c1", "50%", func(s drill.Slot) float64 { return s.WayP50 / 1000 }},
	} {
		p.Curves = append(p.Curves, curve{Class: c.class, Name: same(c.name), Points: draw(r, top, false, c.of)})
	}
	return p
}

func spread(r drill.Result) picture {
	most, all := int64(1), int64(0)
	for _, b := range r.Ways {
		most, all = max(most, b.Count), all+b.Count
	}
	p := picture{
		Title: Text{"多少次送达用了不超过几秒", "Deliveries by how many seconds they took at most"},
		Says: Text{
			fmt.Sprintf("共 %s 次送达（一个分数到一部手机算一次）。绿色在 0.25 秒目标之内，黄色超过。", grouped(all)),
			fmt.Sprintf("%s deliveries (one mark on one phone is one). Green is within the goal of 0.25 s, yellow is not.", grouped(all)),
		},
	}
	top := nice(100 * float64(most) / float64(max(all, 1)))
	p.Y = []tick{{0, strconv.FormatFloat(top, 'g', 3, 64) + "%"}, {50, strconv.FormatFloat(top/2, 'g', 3, 64) + "%"}, {100, "0"}}
	width := 100 / float64(max(len(r.Ways), 1))
	for i, b := range r.Ways {
		share := 100 * float64(b.Count) / float64(max(all, 1)) / top * 100
		class := "b1"
		if b.UpTo > goalMs*1.1 {
			class = "b2"
		}
		p.Bars = append(p.Bars, bar{float64(i)*width + width*.08, 100 - share, width * .84, share, class})
		if i%2 == len(r.Ways)%2 {
			p.X = append(p.X, tick{(float64(i) + .5) * width, strings.TrimSuffix(strings.TrimRight(seconds(b.UpTo), "0"), ".")})
		}
	}
	return p
}

func here(r drill.Result) picture {
	top := nice(float64(r.Spectators))
	return picture{
		Title: Text{"同时在线的手机", "Phones that are connected"},
		Says: Text{
			"十分之一的手机会故意断线再回来，所以线不是平的；它不应该一路往下掉。",
			"A tenth of the phones is cut off on purpose and comes back, so the line is not flat; it should not fall and stay down.",
		},
		X: times(r), Y: scale(top),
		Curves: []curve{{Class: "c4", Points: draw(r, top, true, func(s drill.Slot) float64 { return float64(s.Here) }), IsArea: true}},
	}
}

func marks(r drill.Result) picture {
	rate := func(s drill.Slot) float64 { return float64(s.Marks) / r.SlotSeconds }
	most := 1.0
	for _, s := range r.Slots {
		most = max(most, rate(s))
	}
	top := nice(most)
	return picture{
		Title: Text{"每秒收下的分数", "Marks taken a second"},
		Says: Text{
			fmt.Sprintf("%d 名裁判各自每 1–3 秒打一个分；七分之一的平板中途断网，回来后一次补交。", r.Judges),
			fmt.Sprintf("%d judges, each a mark every 1 to 3 seconds; one tablet in seven loses its network for a while and then delivers at once.", r.Judges),
		},
		X: times(r), Y: scale(top),
		Curves: []curve{{Class: "c5", Points: draw(r, top, true, rate), IsArea: true}},
	}
}
