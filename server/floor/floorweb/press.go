package floorweb

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/floor"
	"jiangtai/server/paper/printing"
)

// pdf prints session records. The fonts are read at the first one.
func pdf(paper floor.Paper) ([]byte, error) {
	kit, err := printing.Open()
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "floor.no_fonts")
	}
	pdf, err := kit.Print(document(paper))
	if missing := new(printing.MissingGlyph); errors.As(err, &missing) {
		hint := fmt.Sprintf("%c U+%04X", missing.Rune, missing.Rune)
		return nil, fault.New(fault.Refused, "floor.glyph", fault.At("/", "floor.glyph", hint))
	}
	if err != nil {
		return nil, fmt.Errorf("print a session record: %w", err)
	}
	return pdf, nil
}

var states = map[string]string{
	"waiting": "未开始", "running": "进行中", "paused": "已暂停", "handed_in": "已交件", "no_work": "缺件", "absent": "缺席",
}

var whys = map[string]string{
	"equipment": "设备故障", "material": "材料问题", "injury": "受伤、身体不适", "rule": "裁判判罚", "other": "其他",
}

// document is the record on paper: a row for each seat, below it why what was stopped,
// added or noted, and lines to sign on for those who were there.
func document(p floor.Paper) printing.Document {
	d := printing.Document{
		Title: "现场记录表", Subtitle: p.Head.Event, Contest: p.Head.Contest, Event: p.Head.Event, Mark: p.Head.Mark,
		PrintedAt: p.At, Zone: contest.Zone, Landscape: true,
	}
	for from := 0; from < len(p.Sessions); {
		to := from + 1
		for to < len(p.Sessions) && p.Sessions[to].Module.ID == p.Sessions[from].Module.ID {
			to++
		}
		d.Blocks = append(d.Blocks, module(p.Sessions[from:to], p.At)...)
		from = to
	}
	d.Blocks = append(d.Blocks, printing.Signatures{
		Text:    "以上记录与现场情况一致。",
		Signers: []printing.Signer{{Role: "现场裁判", Times: 2}, {Role: "裁判长"}, {Role: "监督"}},
	})
	return d
}

func module(sessions []floor.Session, now time.Time) []printing.Block {
	m := sessions[0].Module
	table := printing.Table{
		Height: 9,
		Columns: []printing.Column{
			{Head: "赛位 / 编号", Share: 0.1, Min: 22, Bold: true},
			{Head: "状态", Share: 0.1, Min: 18},
			{Head: "开始", Share: 0.1, Min: 19, Align: printing.Right},
			{Head: "结束", Share: 0.1, Min: 19, Align: printing.Right},
			{Head: "暂停", Share: 2},
			{Head: "补时", Share: 2},
			{Head: "净用时", Share: 0.1, Min: 20, Align: printing.Right, Bold: true},
			{Head: "违规", Share: 2},
			{Head: "选手签名", Share: 1.5, Min: 36},
		},
	}
	for i := range sessions {
		table.Rows = append(table.Rows, row(&sessions[i], now))
	}
	return []printing.Block{printing.Heading(strings.TrimSpace(m.Code + " " + m.Name)), table}
}

func row(s *floor.Session, now time.Time) printing.Row {
	var pauses, additions, violations []string
	for _, p := range s.Pauses {
		line := whys[p.Why] + " " + clock(&p.From) + "–"
		if p.To != nil {
			line += clock(p.To) + "（" + length(p.Seconds) + "）"
		}
		pauses = append(pauses, line)
	}
	for _, a := range s.Additions {
		additions = append(additions, length(int64(a.Seconds))+" "+a.Why)
	}
	for _, v := range s.Violations {
		violations = append(violations, clock(&v.At)+" "+v.Text)
	}
	net := ""
	if s.Started != nil && !s.IsWithheld {
		net = length(s.NetAt(now))
	}
	return printing.Row{Cells: []string{
		s.Work, states[s.State], clock(s.Started), clock(s.Ended), strings.Join(pauses, "\n"), strings.Join(additions, "\n"), net,
		strings.Join(violations, "\n"), signature(s.Signature),
	}}
}

// signature is empty where a hand is to sign.
func signature(s *floor.Signature) string {
	switch {
	case s == nil:
		return ""
	case s.Kind == "refused":
		return strings.TrimSpace("拒签 "+clock(&s.At)) + "\n" + s.Text
	}
	return strings.TrimSpace("已在平板签名 " + clock(&s.At))
}

// clock is a time of day with its second; "" for none.
func clock(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.In(contest.Zone).Format(time.TimeOnly)
}

// length is 1:32:10.
func length(seconds int64) string {
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
