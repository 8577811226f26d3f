package results

import (
	"context"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// BeforeUnseal refuses an unsealing while, where the chain is full, sheets are
// not signed or the recheck is not done. It asks for no permission: judging has.
// Every reason is a field.
func (d *Desk) BeforeUnseal(ctx context.Context, event contest.ID) error {
	a, err := d.unasked(ctx, event)
	if err != nil || !a.full() {
		return err
	}
	return refused("results.unseal_early", a.beforeUnseal())
}

// BeforePublish refuses a publication while, where the chain is full, anything of
// the way to it is missing: signed sheets, recheck, unsealing, ties at a
// cut that a person decides, the scan of the signed list, marks that lie in
// tablets.
func (d *Desk) BeforePublish(ctx context.Context, event contest.ID) error {
	a, err := d.unasked(ctx, event)
	if err != nil || !a.full() {
		return err
	}
	fields := a.beforeUnseal()
	if a.sealed {
		fields = append(fields, fault.At("unsealing", "results.sealed", ""))
	}
	for _, l := range a.ties {
		if l.Stops != "" {
			fields = append(fields, fault.At("ties", "results.tie", strconv.Itoa(l.Count)))
		}
	}
	if a.signedList.State != PaperSigned {
		fields = append(fields, fault.At("result_list", "results.list_unsigned", a.signedList.Number))
	}
	tablets, err := d.cfg.Tablets.Tablets(ctx, event)
	if err != nil {
		return err
	}
	unsent := 0
	for _, t := range tablets {
		if !t.Replaced { // what lies in one that is out of use cannot come: two persons locked without it
			unsent += t.Unsent
		}
	}
	if unsent > 0 {
		fields = append(fields, fault.At("tablets", "results.unsent", strconv.Itoa(unsent)))
	}
	return refused("results.publish_early", fields)
}

// beforeUnseal are the sheets and the recheck.
func (a *account) beforeUnseal() (fields []fault.Field) {
	if !a.locked {
		return []fault.Field{fault.At("lock", "results.not_locked", "")}
	}
	if n := len(a.papers) - a.signed(); n > 0 {
		fields = append(fields, fault.At("sheets", "results.unsigned", strconv.Itoa(n)))
	}
	switch {
	case a.recheck == nil:
		fields = append(fields, fault.At("recheck", "results.recheck_none", ""))
	case !a.isRechecked():
		fields = append(fields, fault.At("recheck", "results.recheck_left", strconv.Itoa(a.checked.Left)))
	}
	return fields
}

func refused(code string, fields []fault.Field) error {
	if len(fields) == 0 {
		return nil
	}
	return fault.New(fault.Refused, code, fields...)
}
