package clerk

import (
	"crypto/sha256"
	"encoding/binary"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
)

// Item is one command on its way through a clerk, with its answer. Make it with
// NewItem.
type Item struct {
	Outcome Outcome
	// Together ties an item to the next one. Items that are tied are one commit,
	// which must be the first of an empty ledger: an opening is whole or not.
	Together bool
	// Whole asks for one commit with the items behind it that ask for it too,
	// however many they are. They are first marks of different cells, and what the
	// board says of them was asked in the same turn of the clerk.
	Whole bool

	command scoring.Command // as it was sent
	text    string
	payload [16]byte
	owner   [8]byte
	done    bool
}

// Outcome is the answer to one command: a receipt, or a fault.
type Outcome struct {
	MarkID  scoring.ID
	Receipt ledger.Receipt
	Late    bool         // kept, not counted
	Fault   *fault.Error // nil: the receipt holds
}

// NewItem makes an item of a command as it was sent; text is the remark whose
// hash is in the command.
func NewItem(cmd scoring.Command, text string) Item {
	if cmd.Attempt == 0 {
		cmd.Attempt = 1
	}
	if cmd.Round == 0 {
		cmd.Round = 1
	}
	it := Item{command: cmd, text: text, Outcome: Outcome{MarkID: cmd.MarkID}}
	it.payload, it.owner = payloadOf(&it.command), ownerOf(&it.command)
	return it
}

// Late makes it one that is kept and not counted, whatever the board says. It was
// sent as it is: a mark that was taken before answers with its first receipt.
func (it *Item) Late() {
	it.command.Kind, it.command.Of = scoring.Late, it.command.Kind
}

// Refuse answers the item before it reaches a ledger.
func (it *Item) Refuse(f *fault.Error) {
	it.Outcome.Fault = f
	it.done = true
}

// payloadOf is the digest of what was sent, without who sent it.
func payloadOf(c *scoring.Command) [16]byte {
	var room [512]byte
	b := append(room[:0], byte(c.Kind), c.Attempt, c.Round)
	b = binary.BigEndian.AppendUint32(b, uint32(c.Entry))
	b = binary.BigEndian.AppendUint16(b, c.Version)
	b = binary.BigEndian.AppendUint32(b, c.DeviceSeq)
	b = binary.BigEndian.AppendUint64(b, uint64(c.ClientAt))
	b = append(b, c.Supersedes[:]...)
	b = append(b, c.TextHash[:]...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(c.Aspect)))
	b = append(b, c.Aspect...)
	b = append(b, c.Value...)
	sum := sha256.Sum256(b)
	return [16]byte(sum[:16])
}

// ownerOf is the digest of who sent it: a device and its chair, or an account;
// of a mark that an account has entered, the chair too.
func ownerOf(c *scoring.Command) [8]byte {
	var b [34]byte
	copy(b[:16], c.Actor[:])
	copy(b[16:32], c.Device[:])
	binary.BigEndian.PutUint16(b[32:], uint16(c.Chair))
	if c.Device.IsZero() && !isMark(c) {
		// An act about a chair is its official's, whatever the chair.
		b[32], b[33] = 0, 0
	}
	sum := sha256.Sum256(b[:])
	return [8]byte(sum[:8])
}

// isMark says whether a command is what a chair gives, in time or late.
func isMark(c *scoring.Command) bool {
	kind := c.Kind
	if kind == scoring.Late {
		kind = c.Of
	}
	switch kind {
	case scoring.Mark, scoring.NotPerformed, scoring.Withdraw, scoring.Finish, scoring.Clock:
		return true
	}
	return false
}

// isShy says whether a command wants a batch of its own: acts, finished sheets,
// and marks of a later round, which is open only by what came before.
func isShy(c *scoring.Command) bool {
	switch c.Kind {
	case scoring.Mark, scoring.NotPerformed, scoring.Withdraw:
		return c.Round > 1
	case scoring.Belong, scoring.Clock, scoring.Late:
		return false
	}
	return true
}

// cell is what two commands of one batch must not share; of a clock its session.
type cell struct {
	entry  scoring.EntryID
	chair  scoring.ChairID // 0 where the panel gives one mark together
	aspect string
}

func (c *Clerk) cellOf(cmd *scoring.Command) cell {
	if cmd.Kind != scoring.Clock && c.cfg.Each(cmd.Aspect) {
		return cell{cmd.Entry, cmd.Chair, cmd.Aspect}
	}
	return cell{entry: cmd.Entry, aspect: cmd.Aspect}
}
