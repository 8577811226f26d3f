package wording_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
	"jiangtai/server/programme/wording"
)

// short is what an aspect says, without names of its own and without its help.
func short(a scheme.Aspect) string {
	name := a.Name.Zh
	a.Name, a.Help = scheme.Text{}, nil
	raw, _ := json.Marshal(a)
	s := string(raw)
	for _, cut := range []string{`"id":"",`, `"name":{"zh":""},`} {
		s = strings.ReplaceAll(s, cut, "")
	}
	s = regexp.MustCompile(`"id":"[ig]\d",`).ReplaceAllString(s, "")
	s = regexp.MustCompile(`"name":\{"zh":"([^"]*)"\}`).ReplaceAllString(s, `"$1"`)
	return name + " " + strings.ReplaceAll(s, `"`, "")
}

func read(t *testing.T, name, requirement, standard, marks string) string {
	t.Helper()
	m, ok := wording.MarksOf(marks)
	if !ok {
		t.Fatal(marks)
	}
	r := wording.Read(wording.Row{Name: name, Requirement: requirement, Standard: standard, Marks: m})
	var out []string
	sum := exact.Zero
	for _, a := range r.Aspects {
		out = append(out, short(a))
		best, _ := (&scheme.Scheme{}).BestMark(&a)
		sum = sum.Add(best)
	}
	if !sum.Equal(m.Sum()) {
		t.Errorf("%s: %s of %s", standard, sum, m.Sum())
	}
	if r.Unread != "" {
		return "unread: " + r.Unread
	}
	return strings.Join(out, " & ")
}

// Sentences of sheets, and what they mean.
func TestRead(t *testing.T) {
	for _, c := range []struct{ name, requirement, standard, marks, want string }{
		{"外圆", "Φ30±0.02", "超差不得分", "8", "外圆：Φ30±0.02 {kind:tolerance,unit:mm,max:8,nominal:30,tol:0.02}"},
		{"外圆", "Φ３８　0/－0.025", "每超０.０１扣２分", "8", "外圆：Φ38 0/-0.025 {kind:excess,unit:mm,max:8,step:0.01,nominal:38,low:-0.025,high:0,per:2}"},
		{"燕尾", "24^0_-0.033", "超差不得分。", "6", "燕尾：24^0_-0.033 {kind:limits,unit:mm,max:6,nominal:24,low:-0.033,high:0}"},
		{"槽", "20-0.1", "超差不得分", "6", "槽：20-0.1 {kind:limits,unit:mm,max:6,nominal:20,low:-0.1,high:0}"},
		{"孔", "12+0.05", "不合格不得分", "6", "孔：12+0.05 {kind:limits,unit:mm,max:6,nominal:12,low:0,high:0.05}"},
		{"角度", "60°±4′", "超差不得分", "5", "角度：60°±4′（偏差） {kind:tolerance,unit:′,max:5,nominal:0,tol:4}"},
		{"表面", "Ra3.2", "降级不得分", "4", "表面：Ra3.2 {kind:limits,unit:μm,max:4,high:3.2}"},
		{"平面度", "平面度0.02", "超差不得分", "4", "平面度：平面度0.02 {kind:limits,max:4,high:0.02}"},
		{"轴", "Φ30±0.02，Ra1.6", "超差不得分，Ra降级不得分", "6/2", "轴：Φ30±0.02 {kind:tolerance,unit:mm,max:6,nominal:30,tol:0.02} & 轴：Ra1.6 {kind:limits,unit:μm,max:2,high:1.6}"},
		{"孔距", "50±0.05（2处）", "超差不得分", "5×2", "孔距：50±0.05（2处）（1） {kind:tolerance,unit:mm,max:5,nominal:50,tol:0.05} & 孔距：50±0.05（2处）（2） {kind:tolerance,unit:mm,max:5,nominal:50,tol:0.05}"},
		{"长宽", "80±0.1，60±0.1", "超差不得分", "5", "长宽：80±0.1，60±0.1 {kind:yes_no,max:5}"},
		{"偏移", "", "≤0.5mm不扣分，每超0.1mm扣1分", "5", "偏移 {kind:excess,unit:mm,max:5,step:0.1,high:0.5,per:1}"},
		{"余高", "", "0≤h≤2得8分；2<h≤3得5分；h<0或h>3不得分", "8", "余高 {kind:table,max:8,rows:[{when:[{ge:0,le:2}],mark:8},{when:[{gt:2,le:3}],mark:5},{when:[{lt:0}],mark:0},{when:[{gt:3}],mark:0}]}"},
		{"咬边", "", "深度≤0.5mm扣2分；无咬边不扣分", "5", "咬边 {kind:deductions,max:5,items:[{深度≤0.5mm,amount:2}]}"},
		{"时间", "", "15秒以内10分，15~18秒8分，其他0分", "10", "时间 {kind:table,max:10,rows:[{when:[{le:15}],mark:10},{when:[{ge:15,le:18}],mark:8}],else:0}"},
		{"布线", "", "1. 不美观，每根扣0.5分\n2. 接点松动、露铜，每处扣1分，最多扣3分；3、损坏元件扣五分。扣完为止", "10", "布线 {kind:deductions,max:10,items:[{不美观，每根,amount:0.5},{接点松动、露铜，每处,amount:1,cap:3},{损坏元件,amount:5}]}"},
		{"卫生", "", "酌情扣1～3分；未清扫不得分", "5", "卫生 {kind:deductions,max:5,items:[{卫生,from:1,to:3,step:0.5},{未清扫,amount:5}]}"},
		{"卫生", "", "酌情扣分", "5", "卫生 {kind:deductions,max:5,items:[{卫生,from:0,to:5,step:0.5}]}"},
		{"打磨", "", "毛刺扣2分/处，不倒扣", "6", "打磨 {kind:deductions,max:6,items:[{毛刺/处,amount:2}]}"},
		{"超时", "", "每超时1分钟扣1分，最多扣5分", "10", "超时 {kind:deductions,max:10,items:[{每超时1分钟,amount:1,cap:5}]}"},
		{"造型", "", "优9～10，良7～8，中5～6，差0～4", "10", "造型 {kind:grades,by:each,step:1,grades:[{优,from:9,to:10},{良,from:7,to:8},{中,from:5,to:6},{差,from:0,to:4}]}"},
		{"造型", "", "优（9-10分）：美观；良（8-9分）：较好；差（8分以下）", "10", "unread: 优（9~10分）：美观；良（8~9分）：较好；差（8分以下）"},
		{"造型", "", "9~10分：美观；7~8.9分：尚可；0~6.9分：差", "10", "造型 {kind:grades,by:each,step:0.1,grades:[{美观,from:9,to:10},{尚可,from:7,to:8.9},{差,from:0,to:6.9}]}"},
		{"造型", "", "优10~15分，良5~9分", "10", "unread: 优10~15分，良5~9分"},
		{"通电", "", "一次成功得10分，二次成功得5分，不成功不得分", "10", "通电 {kind:grades,grades:[{一次成功,from:10,to:10},{二次成功,from:5,to:5},{不成功,from:0,to:0}]}"},
		{"工具", "", "选择正确得2分；使用正确得3分", "5", "选择正确 {kind:yes_no,max:2} & 使用正确 {kind:yes_no,max:3}"},
		{"工具", "", "选择正确得2分；使用正确得2分", "5", "unread: 选择正确得2分；使用正确得2分"},
		{"开机", "", "符合要求得5分，不符合不得分", "5", "开机 {kind:yes_no,max:5}"},
		{"答题", "", "每答对一题得2分", "20", "答题 {kind:points,max:20,step:2}"},
		{"答题", "", "每答对一题得3分", "20", "unread: 每答对一题得3分"},
		{"答辩", "", "酌情给0～10分", "10", "答辩 {kind:points,max:10,step:0.5}"},
		{"答辩", "", "根据答辩情况酌情给分", "10", "答辩 {kind:points,max:10,step:0.5}"},
		{"答辩", "", "思路清晰，表达流畅", "10", "答辩 {kind:points,max:10,step:0.5}"},
		{"答辩", "", "", "30", "答辩 {kind:points,max:30,step:1}"},
		{"抛单（两次扣2分）", "", "", "6", "抛单（两次扣2分） {kind:deductions,max:6,items:[{两次,amount:2}]}"},
		{"安全", "", "违章每次扣2分；发生事故取消比赛资格", "10", "安全 {kind:deductions,max:10,items:[{违章每次,amount:2}]} & 发生事故 {kind:gate,voids:entry}"},
		{"安全", "", "违章，本模块不得分", "10", "安全 {kind:points,max:10,step:0.5} & 违章 {kind:gate,voids:criterion}"},
		{"超时", "", "每超1分钟扣2分，超过5分钟停止操作", "", "超时 {kind:penalty,items:[{每超1分钟,amount:2},{超过5分钟,voids:entry}],level:total}"},
		{"违规", "", "损坏设备扣5~10分", "倒扣", "违规 {kind:penalty,items:[{损坏设备,from:5,to:10,step:0.5}],level:total}"},
		{"有下列情况之一的，取消比赛资格：伤人；毁坏设备", "", "", "", "伤人，毁坏设备 {kind:gate,voids:entry}"},
		{"外观", "", "扣20分", "10", "unread: 扣20分"},
		{"外观", "", "每处扣2分，按标准执行", "10", "unread: 每处扣2分，按标准执行"},
		{"外观", "", "得8分", "10", "unread: 得8分"},
		{"奖励", "", "提前完成加2分", "", "unread: 提前完成加2分"},
		{"平面度", "0.02", "每超0.01扣1分，超过0.05不得分", "10", "平面度：0.02 {kind:deductions,max:10,items:[{每超0.01,amount:1},{超过0.05,amount:10}]}"},
		{"平面度", "≤0.02", "每超0.01扣2分，超0.05以上不得分", "10", "平面度：≤0.02 {kind:excess,max:10,step:0.01,high:0.02,per:2}"},
	} {
		if got := read(t, c.name, c.requirement, c.standard, c.marks); got != c.want {
			t.Errorf("%s | %s | %s:\n got %s\nwant %s", c.name, c.requirement, c.standard, got, c.want)
		}
	}
}

func TestMarks(t *testing.T) {
	for s, want := range map[string]string{
		"10": "10", "10分": "10", " 2.5 ": "2.5", "4×2": "8", "4*2": "8", "8/4": "12", "6+2": "8", "": "0", "—": "0", "倒扣": "0", "否决项": "0",
		"十分": "no", "0×3": "no", "5×99": "no", "-5": "no", "1e3": "no", "10-20": "no", "5×": "no",
	} {
		m, ok := wording.MarksOf(s)
		got := m.Sum().String()
		if !ok {
			got = "no"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
	for s, want := range map[string]string{"一、准备工作（20分）": "准备工作 20", "操作过程(65 分)": "操作过程 65", "3. 整理": "3.整理 -", "外观": "外观 -"} {
		name, n := wording.Declared(s)
		got := name + " -"
		if n != nil {
			got = name + " " + n.String()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// Whatever a cell says, what comes of it adds up and is a scheme.
func FuzzRead(f *testing.F) {
	f.Add("外圆", "Φ30±0.02", "超差不得分", "8")
	f.Add("造型", "", "优9～10，良7～8，差0~6", "10")
	f.Add("a", "60°±4′", "1. 每超1′扣2分；2. ≤0.5得8分", "4×2")
	f.Fuzz(func(t *testing.T, name, requirement, standard, marks string) {
		m, ok := wording.MarksOf(marks)
		if !ok || name == "" || len(name)+len(requirement)+len(standard) > 500 {
			return
		}
		read := wording.Read(wording.Row{Name: name, Requirement: requirement, Standard: standard, Marks: m})
		sum := exact.Zero
		for _, a := range read.Aspects {
			best, _ := (&scheme.Scheme{}).BestMark(&a)
			sum = sum.Add(best)
		}
		if !sum.Equal(m.Sum()) {
			t.Errorf("%q %q: %s of %s", requirement, standard, sum, m.Sum())
		}
	})
}
