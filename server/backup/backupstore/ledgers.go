package backupstore

import (
	"context"
	"errors"
	"strconv"

	"golang.org/x/mod/sumdb/note"

	"jiangtai/server/fault"
	"jiangtai/server/ledger"
	"jiangtai/server/store"
)

const (
	ledgersSQL = `SELECT ledger_id, decode(replace(ledger_id::text, '-', ''), 'hex'), seq, head_hash FROM ledgers ORDER BY ledger_id`
	recordsSQL = `SELECT seq, body, hash FROM records WHERE ledger_id = $1 ORDER BY seq`
	headsSQL   = `SELECT size, note FROM heads WHERE ledger_id = $1 ORDER BY size`
	straysSQL  = `
SELECT count(*) FROM records r WHERE NOT EXISTS (SELECT FROM ledgers l WHERE l.ledger_id = r.ledger_id)`
	raiseSQL = `UPDATE ledgers SET epoch = GREATEST(epoch + 1, $1)`
)

// Raise implements backup.Filling.
func (f *filling) Raise(ctx context.Context, epoch int64) error {
	_, err := f.tx.ExecContext(ctx, raiseSQL, epoch)
	return store.Fault(err, "give the ledgers a new epoch")
}

// stored is a ledger's row.
type stored struct {
	text string
	id   ledger.ID
	seq  uint64
	head ledger.Hash
}

// Ledgers implements backup.Filling.
func (f *filling) Ledgers(ctx context.Context, key string) (records int64, err error) {
	var keys note.Verifiers
	if key != "" {
		k, err := ledger.ParseKey(key)
		if err != nil {
			return 0, fault.Wrap(err, fault.Malformed, "backup.damaged", fault.At("keys/ledger.key", "backup.damaged", ""))
		}
		keys = k.Verifiers()
	}
	var list []stored
	err = each(ctx, f.tx, ledgersSQL, nil, func(scan func(...any) error) error {
		var s stored
		var id, head []byte
		err := scan(&s.text, &id, &s.seq, &head)
		copy(s.id[:], id)
		copy(s.head[:], head)
		list = append(list, s)
		return err
	})
	if err != nil {
		return 0, err
	}
	var strays int
	if err := f.tx.QueryRowContext(ctx, straysSQL).Scan(&strays); err != nil {
		return 0, store.Fault(err, "look for records of no ledger")
	}
	if strays > 0 {
		return 0, broken("records", uint64(strays), errStray)
	}
	for _, l := range list {
		if err := f.ledger(ctx, l, keys); err != nil {
			return 0, err
		}
		records += int64(l.seq)
	}
	return records, nil
}

var (
	errStray  = errors.New("records of no ledger")
	errChain  = errors.New("the chain does not hold")
	errSeq    = errors.New("records are missing or too many")
	errHead   = errors.New("the signed head is of other records")
	errNoHead = errors.New("no signed head covers the records")
)

func broken(id string, seq uint64, why error) error {
	return fault.Wrap(why, fault.Refused, "backup.ledger", fault.At(id, "backup.ledger", strconv.FormatUint(seq, 10)))
}

// ledger holds one ledger against its chain, and its heads against the chain. Of
// the heads the newest one's signature and root are checked, which cover all.
func (f *filling) ledger(ctx context.Context, l stored, keys note.Verifiers) error {
	notes, sizes := map[uint64]string{}, uint64(0)
	err := each(ctx, f.tx, headsSQL, []any{l.text}, func(scan func(...any) error) error {
		var text string
		err := scan(&sizes, &text)
		notes[sizes] = text
		return err
	})
	if err != nil {
		return err
	}
	var tree ledger.Tree
	at := ledger.Genesis(l.id)
	err = each(ctx, f.tx, recordsSQL, []any{l.text}, func(scan func(...any) error) error {
		var seq uint64
		var body, hash []byte
		if err := scan(&seq, &body, &hash); err != nil {
			return err
		}
		if seq != tree.Size()+1 {
			return broken(l.text, tree.Size()+1, errSeq)
		}
		at = ledger.Chain(at, body)
		if string(at[:]) != string(hash) {
			return broken(l.text, seq, errChain)
		}
		tree.Add(at)
		return nil
	})
	if err != nil {
		return err
	}
	switch {
	case tree.Size() != l.seq || sizes > l.seq:
		return broken(l.text, min(tree.Size(), l.seq)+1, errSeq)
	case at != l.head:
		return broken(l.text, l.seq, errChain)
	case l.seq == 0:
		return nil
	case notes[l.seq] == "":
		return broken(l.text, l.seq, errNoHead)
	case keys == nil:
		return nil
	}
	return signed(l, notes[l.seq], &tree, keys)
}

func signed(l stored, text string, tree *ledger.Tree, keys note.Verifiers) error {
	head, err := ledger.OpenHead(text, keys)
	if errors.Is(err, ledger.ErrForeignKey) {
		return nil // keys are lost with machines; the chain holds by itself
	}
	if err != nil {
		return broken(l.text, l.seq, err)
	}
	root, err := tree.Root(l.seq)
	if err != nil {
		return err
	}
	if head != (ledger.Head{Ledger: l.id, Size: l.seq, Root: root, Chain: l.head}) {
		return broken(l.text, l.seq, errHead)
	}
	return nil
}
