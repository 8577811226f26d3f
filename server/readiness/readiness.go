package readiness

import (
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Check (检查项) is one thing that a tablet looks at.
type Check string

// The checks, in the order in which people read them.
const (
	Secure  Check = "secure"  // 安全连接: without it the browser keeps nothing
	Storage Check = "storage" // 落盘: a write is on the disk before it shows as saved
	Persist Check = "persist" // 存储承诺: the browser will not drop what is kept
	Quota   Check = "quota"   // 空间
	Offline Check = "offline" // 离线可用: the program itself is kept
	Server  Check = "server"  // 服务器
	Browser Check = "browser" // 浏览器
	Screen  Check = "screen"  // 屏幕
	Touch   Check = "touch"   // 触摸
	Clock   Check = "clock"   // 时钟: shown, no mark depends on it
	Battery Check = "battery" // 电量
	Camera  Check = "camera"  // 摄像头: looked at when somebody asks
)

// checks are all of them; those that marks depend on must be told.
var checks = []Check{Secure, Storage, Persist, Quota, Offline, Server, Browser, Screen, Touch, Clock, Battery, Camera}

var needed = []Check{Secure, Storage, Persist, Quota, Offline, Server, Browser}

// State (状态) is how a check came out.
type State string

// The states, from good to bad; Untold is what the browser does not tell.
const (
	OK        State = "ok"
	Untold    State = "untold"
	Attention State = "attention"
	Fail      State = "fail"
)

var states = []State{OK, Untold, Attention, Fail}

// Line is one check's outcome. Detail is a short figure, such as "13 ms".
type Line struct {
	Check  Check
	State  State
	Detail string
}

// Report (检查结果) is what one tablet found, at the server's time.
type Report struct {
	Device contest.ID
	Event  contest.ID
	Chair  scoring.ChairID
	At     time.Time
	Lines  []Line
}

// maxDetail is the longest figure, in characters.
const maxDetail = 60

// faults are what is wrong with a report, all at once.
func faults(lines []Line) (out []fault.Field) {
	seen := map[Check]bool{}
	for i, l := range lines {
		at := "/checks/" + itoa(i)
		switch {
		case !slices.Contains(checks, l.Check):
			out = append(out, fault.At(at+"/check", "readiness.unknown_check", ""))
		case seen[l.Check]:
			out = append(out, fault.At(at+"/check", "readiness.check_twice", string(l.Check)))
		}
		seen[l.Check] = true
		if !slices.Contains(states, l.State) {
			out = append(out, fault.At(at+"/state", "readiness.unknown_state", ""))
		}
		if !isShort(l.Detail) {
			out = append(out, fault.At(at+"/detail", "readiness.detail", ""))
		}
	}
	for _, c := range needed {
		if !seen[c] {
			out = append(out, fault.At("/checks", "readiness.check_missing", string(c)))
		}
	}
	return out
}

func isShort(s string) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxDetail {
		return false
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// Tablet is a tablet that holds a chair.
type Tablet struct {
	Device   contest.ID
	Chair    scoring.ChairID
	Name     string // what staff call it; may be empty
	LastSeen time.Time
	Pending  int // marks that it has not sent
}

// Standing (席位就绪) is how a chair stands.
type Standing string

// The standings.
const (
	NoTablet   Standing = "no_tablet" // nobody has paired one
	Unchecked  Standing = "unchecked" // paired, and not checked
	Old        Standing = "old"       // checked too long ago
	Ready      Standing = "ready"
	ReadyBut   Standing = "attention" // ready, with something to look at
	NotReady   Standing = "not_ready"
	freshFor            = 12 * time.Hour
	silentFrom          = 2 * time.Minute
)

// Place (席位) is one chair on the wall.
type Place struct {
	Chair    contest.Chair
	Standing Standing
	Tablet   *Tablet // nil when there is none
	IsSilent bool    // the tablet has not been heard of for two minutes
	Report   *Report // of this tablet; nil when there is none
}

// Wall (就绪墙) is an event's chairs at one moment, by number.
type Wall struct {
	Event  contest.Event
	At     time.Time
	Places []Place
}

func placeOf(chair contest.Chair, tablet *Tablet, report *Report, now time.Time) Place {
	p := Place{Chair: chair, Tablet: tablet}
	if tablet == nil {
		p.Standing = NoTablet
		return p
	}
	p.IsSilent = now.Sub(tablet.LastSeen) > silentFrom
	if report == nil {
		p.Standing = Unchecked
		return p
	}
	p.Report = report
	p.Standing = standingOf(*report, now)
	return p
}

func standingOf(r Report, now time.Time) Standing {
	standing := Ready
	for _, l := range r.Lines {
		isNeeded := slices.Contains(needed, l.Check)
		switch {
		case l.State == Fail || isNeeded && l.State == Untold:
			return NotReady
		case l.State == Attention:
			standing = ReadyBut
		}
	}
	if now.Sub(r.At) > freshFor {
		return Old
	}
	return standing
}
