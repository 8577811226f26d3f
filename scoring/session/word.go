package session

import (
	"strconv"
	"strings"

	"jiangtai/scoring/door"
	"jiangtai/scoring/record"
)

// The words that a record of kind Clock begins with.
const (
	Start     = "start"     // 开始
	Pause     = "pause"     // 暂停, with a reason of Reasons
	Resume    = "resume"    // 继续
	Add       = "add"       // 补时, with seconds and a text
	HandIn    = "hand_in"   // 交件
	Missing   = "no_work"   // 缺件
	NotThere  = "absent"    // 缺席
	Violation = "violation" // 违规, with a text
	Signed    = "signed"    // 选手签名; the text is its strokes
	Refused   = "refused"   // 拒签, the text names the witness
	Undo      = "undo"      // 撤回 of the newest one, which it names
)

// Reasons are why a clock may be paused: 设备, 材料, 受伤, 判罚, 其他.
var Reasons = [5]string{"equipment", "material", "injury", "rule", "other"}

// MaxAdded is the most seconds that one record adds.
const MaxAdded = 7200

// texts are the words that mean nothing without a text beside them.
var texts = map[string]bool{Add: true, Violation: true, Signed: true, Refused: true}

// parse takes a value apart; false when it is none.
func parse(value string) (word, argument string, ok bool) {
	word, argument, spaced := strings.Cut(value, " ")
	switch word {
	case Pause:
		for _, r := range Reasons {
			ok = ok || r == argument
		}
		return word, argument, ok
	case Add:
		return word, argument, seconds(argument) > 0
	case Start, Resume, HandIn, Missing, NotThere, Violation, Signed, Refused, Undo:
		return word, "", !spaced
	}
	return "", "", false
}

// seconds reads what is added: 1 to MaxAdded in its one spelling, else 0.
func seconds(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > MaxAdded || strconv.Itoa(n) != text {
		return 0
	}
	return n
}

// Spelled refuses what is no value of a Clock, whatever state the session is in: so
// much is asked of a late record too.
func Spelled(c *record.Command) *door.Refusal {
	word, _, ok := parse(c.Value)
	switch {
	case !ok:
		return door.Refuse(door.Malformed, "judging.malformed_value", "/value", c.Value)
	case texts[word] && c.TextHash == [32]byte{}:
		return door.Refuse(door.Malformed, "judging.reason", "/text", word)
	case word == Undo && c.Supersedes.IsZero():
		return door.Refuse(door.Malformed, "judging.mark_id_missing", "/supersedes", "")
	case c.Attempt > 1:
		return door.Refuse(door.Rule, "judging.no_such_attempt", "/attempt", "1")
	case c.Round > 1:
		return door.Refuse(door.Rule, "judging.round_not_open", "/round", "1")
	}
	return nil
}
