package cells

import "jiangtai/server/paper/printing"

const (
	wander  = 0.5  // millimetres that a line may lie beside its place: paper is never quite flat
	darkest = 0.94 // of its surroundings: what counts as a line
	enough  = 0.55 // of the lines must be there
)

// edges are the lines about the cells of a page: where each runs, in millimetres.
func edges(plan printing.Plan, page int) [][2]point {
	var out [][2]point
	for _, f := range plan.Fields {
		if f.Page != page {
			continue
		}
		x, y, w, h := f.Box[0], f.Box[1], f.Box[2], f.Box[3]
		out = append(out,
			[2]point{{x + w*0.25, y}, {x + w*0.75, y}}, [2]point{{x + w*0.25, y + h}, {x + w*0.75, y + h}},
			[2]point{{x, y + h*0.2}, {x, y + h*0.8}}, [2]point{{x + w, y + h*0.2}, {x + w, y + h*0.8}})
	}
	const most = 240
	if step := len(out)/most + 1; step > 1 {
		var some [][2]point
		for i := 0; i < len(out); i += step {
			some = append(some, out[i])
		}
		return some
	}
	return out
}

// lined says how many of the lines stand where a plane puts them: the anchors may lie, the table cannot.
func (p *Photo) lined(m *plane, lines [][2]point) float64 {
	if len(lines) == 0 {
		return 1
	}
	found := 0
	for _, l := range lines {
		if p.isLine(m, l) {
			found++
		}
	}
	return float64(found) / float64(len(lines))
}

func (p *Photo) isLine(m *plane, l [2]point) bool {
	long := l[0].to(l[1])
	across := point{-(l[1].y - l[0].y) / long, (l[1].x - l[0].x) / long}
	mean := func(off float64) float64 {
		const dots = 10
		sum := 0.0
		for i := range dots {
			k := (float64(i) + 0.5) / dots
			sum += p.dot(m.at(l[0].x+(l[1].x-l[0].x)*k+across.x*off, l[0].y+(l[1].y-l[0].y)*k+across.y*off))
		}
		return sum / dots
	}
	least := 255.0
	for off := -wander; off <= wander; off += 0.125 {
		least = min(least, mean(off))
	}
	return least < darkest*(mean(-1.3)+mean(1.3))/2
}
