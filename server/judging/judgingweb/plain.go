package judgingweb

import (
	"math"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/judging"
	"jiangtai/server/web"
)

// read reads a delivery. What tablets send is read in one walk; whatever looks
// otherwise goes the strict way of web.Decode, which also says what is wrong with it.
func read(c *fiber.Ctx) ([]judging.MarkCommand, error) {
	if string(c.Request().Header.ContentType()) == fiber.MIMEApplicationJSON && len(c.Request().Header.ContentEncoding()) == 0 {
		if marks, ok := readPlain(c.Request().Body()); ok {
			return marks, nil
		}
	}
	in, err := web.Decode[delivery](c)
	if err != nil {
		return nil, err
	}
	marks := make([]judging.MarkCommand, len(in.Marks))
	for i := range in.Marks {
		marks[i] = in.Marks[i].command()
	}
	return marks, nil
}

// plain walks over a delivery that has no space, no escape, nothing but ASCII, no
// unknown or second key and no fault. ok is false as soon as there is something else;
// all its methods do nothing from then on.
type plain struct {
	rest []byte
	ok   bool
}

// readPlain gives the same as the strict way for the deliveries that it takes, and
// keeps nothing of the body.
func readPlain(body []byte) (marks []judging.MarkCommand, ok bool) {
	p := plain{rest: body, ok: true}
	p.want(`{"marks":[`)
	for p.ok {
		if len(marks) == judging.MaxMarks {
			return nil, false
		}
		marks = append(marks, judging.MarkCommand{})
		p.mark(&marks[len(marks)-1])
		if !p.take(',') {
			break
		}
	}
	p.want(`]}`)
	return marks, p.ok && len(p.rest) == 0
}

func (p *plain) want(text string) {
	if p.ok = p.ok && len(p.rest) >= len(text) && string(p.rest[:len(text)]) == text; p.ok {
		p.rest = p.rest[len(text):]
	}
}

// take takes a sign if it is the next.
func (p *plain) take(sign byte) bool {
	if !p.ok || len(p.rest) == 0 || p.rest[0] != sign {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// text is what stands between two quotes, good until the body is used again.
func (p *plain) text() []byte {
	if !p.take('"') {
		p.ok = false
		return nil
	}
	for i, b := range p.rest {
		switch {
		case b == '"':
			text := p.rest[:i]
			p.rest = p.rest[i+1:]
			return text
		case b == '\\' || b < ' ' || b > '~':
			p.ok = false
			return nil
		}
	}
	p.ok = false
	return nil
}

func (p *plain) number(limit uint64) uint64 {
	i, n := 0, uint64(0)
	for ; i < len(p.rest) && i < 19 && p.rest[i]-'0' <= 9; i++ {
		n = n*10 + uint64(p.rest[i]-'0')
	}
	// A number that goes on (a point, an exponent, more digits) meets no comma.
	if i == 0 || n > limit || i > 1 && p.rest[0] == '0' {
		p.ok = false
		return 0
	}
	p.rest = p.rest[i:]
	return n
}

func (p *plain) id() scoring.ID {
	id, ok := readID(p.text())
	p.ok = p.ok && ok
	return id
}

// readID reads the 36 signs of an id in small letters.
func readID(text []byte) (id scoring.ID, ok bool) {
	if len(text) != 36 {
		return id, false
	}
	n := 0
	for i, b := range text {
		digit := b - '0'
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if b != '-' {
				return id, false
			}
			continue
		case b >= 'a' && b <= 'f':
			digit = b - 'a' + 10
		case digit > 9:
			return id, false
		}
		id[n/2] = id[n/2]<<4 | digit
		n++
	}
	return id, true
}

// Keys that a mark must have here; without them it has a fault.
const wanted = 1<<keyMarkID | 1<<keyEvent

const (
	keyMarkID = iota
	keyEvent
	keyChair
	keyWork
	keyAspect
	keyAttempt
	keyRound
	keyKind
	keyValue
	keyVersion
	keySupersedes
	keyDeviceSeq
	keyClientAt
	keyText
)

func (p *plain) mark(m *judging.MarkCommand) {
	p.want(`{`)
	m.Kind = scoring.Mark
	seen := 0
	for p.ok {
		key, known := fieldOf(p.text())
		p.want(`:`)
		if !known || seen&(1<<key) != 0 {
			p.ok = false
			return
		}
		seen |= 1 << key
		if key == keySupersedes && strings.HasPrefix(string(p.rest[:min(2, len(p.rest))]), `""`) {
			p.rest = p.rest[2:]
		} else {
			p.field(key, m)
		}
		if !p.take(',') {
			break
		}
	}
	p.want(`}`)
	p.ok = p.ok && seen&wanted == wanted
}

func (p *plain) field(key int, m *judging.MarkCommand) {
	switch key {
	case keyMarkID:
		m.MarkID = p.id()
	case keyEvent:
		m.Event = p.id()
	case keyChair:
		m.Chair = scoring.ChairID(p.number(math.MaxUint16))
	case keyWork:
		m.Work = string(p.text())
	case keyAspect:
		m.Aspect = string(p.text())
	case keyAttempt:
		m.Attempt = uint8(p.number(math.MaxUint8))
	case keyRound:
		m.Round = uint8(p.number(math.MaxUint8))
	case keyKind:
		var known bool
		m.Kind, known = judging.ParseKind(string(p.text()))
		p.ok = p.ok && known
	case keyValue:
		m.Value = string(p.text())
	case keyVersion:
		m.Version = uint16(p.number(math.MaxUint16))
	case keySupersedes:
		m.Supersedes = p.id()
	case keyDeviceSeq:
		m.DeviceSeq = uint32(p.number(math.MaxUint32))
	case keyClientAt:
		m.ClientAt = int64(p.number(math.MaxInt64 / 1_000_000))
	case keyText:
		m.Text = string(p.text())
	}
}

// fieldOf knows the keys of a mark; see mark in marks.go.
func fieldOf(name []byte) (key int, known bool) {
	switch string(name) {
	case "mark_id":
		return keyMarkID, true
	case "event":
		return keyEvent, true
	case "chair":
		return keyChair, true
	case "work":
		return keyWork, true
	case "aspect":
		return keyAspect, true
	case "attempt":
		return keyAttempt, true
	case "round":
		return keyRound, true
	case "kind":
		return keyKind, true
	case "value":
		return keyValue, true
	case "version":
		return keyVersion, true
	case "supersedes":
		return keySupersedes, true
	case "device_seq":
		return keyDeviceSeq, true
	case "client_at":
		return keyClientAt, true
	case "text":
		return keyText, true
	}
	return 0, false
}
