package record

import (
	"strconv"
	"strings"
)

// Status is an entry's status (参赛状态).
type Status string

// The statuses. Only Competing is ranked.
const (
	Competing    Status = "competing"
	DidNotStart  Status = "dns"       // 缺赛
	DidNotFinish Status = "dnf"       // 未完成
	Disqualified Status = "dsq"       // 取消资格
	Withdrawn    Status = "withdrawn" // 退赛
	OutOfContest Status = "out"       // 不计名次
)

// Flags say what an entry takes part in, apart from being marked: guest teams
// have cost others their medals where one flag stood for all four.
type Flags uint8

// The flags. Team says what an entry is and is none of AllFlags, which are what
// a person usually takes part in.
const (
	Ranked      Flags = 1 << iota // 参加排名
	MayWin                        // 可获奖
	CountsUnit                    // 计入单位成绩
	MayAdvance                    // 可晋级
	Team                          // 团体: the entry is a team, ranked among teams
	AllFlags    = Ranked | MayWin | CountsUnit | MayAdvance
	NoFlagsText = "none"
)

var flagNames = [5]string{"ranked", "prize", "unit", "advance", "team"}

// String writes the flags for a record: "" is AllFlags, "none" is none, else
// those that hold, "ranked,unit".
func (f Flags) String() string {
	switch f & (AllFlags | Team) {
	case AllFlags:
		return ""
	case 0:
		return NoFlagsText
	}
	var names []string
	for i, name := range flagNames {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

// ParseFlags reads what String writes, in any order; false for anything else.
func ParseFlags(s string) (Flags, bool) {
	if s == "" {
		return AllFlags, true
	}
	if s == NoFlagsText {
		return 0, true
	}
	var f Flags
next:
	for _, word := range strings.Split(s, ",") {
		for i, name := range flagNames {
			if word == name && f&(1<<i) == 0 {
				f |= 1 << i
				continue next
			}
		}
		return 0, false
	}
	return f, true
}

// Valid says whether s is one of the statuses.
func (s Status) Valid() bool {
	switch s {
	case Competing, DidNotStart, DidNotFinish, Disqualified, Withdrawn, OutOfContest:
		return true
	}
	return false
}

// Release says what the public may see while an event runs (发布策略). The text
// form is "live", "ranks", "top:10", "progress" or "none"; published results
// are always whole. Sealed identity narrows any policy to "progress".
type Release string

// The releases.
const (
	Live     Release = "live"
	Ranks    Release = "ranks"
	Progress Release = "progress"
	Nothing  Release = "none"
)

// Valid says whether r is a release policy.
func (r Release) Valid() bool {
	switch r {
	case Live, Ranks, Progress, Nothing:
		return true
	}
	return r.Top() > 0
}

// Top is n of "top:n" (1 to 999), 0 for every other policy.
func (r Release) Top() int {
	digits, ok := strings.CutPrefix(string(r), "top:")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 || n > 999 || strconv.Itoa(n) != digits {
		return 0
	}
	return n
}

// HasRows says whether the policy shows entries at all.
func (r Release) HasRows() bool { return r != Progress && r != Nothing }
