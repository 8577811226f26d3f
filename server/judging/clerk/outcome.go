package clerk

import "jiangtai/server/fault"

// IsFinal says whether the tablet will not send the same mark again.
func IsFinal(f *fault.Error) bool {
	switch f.Kind {
	case fault.Malformed, fault.Refused, fault.Forbidden, fault.Missing, fault.Stale, fault.Closed, fault.TooLarge:
		return true
	}
	return false
}

// Unsettled is the error of items that were not written.
func Unsettled(items []Item) error {
	var fields []fault.Field
	for i := range items {
		f := items[i].Outcome.Fault
		if f == nil {
			continue
		}
		if !IsFinal(f) {
			return f
		}
		hint := ""
		if len(f.Fields) > 0 {
			hint = f.Fields[0].Hint
		}
		fields = append(fields, fault.At("", f.Code, hint))
	}
	if len(fields) == 0 {
		return nil
	}
	return fault.New(fault.Refused, "judging.owed", fields...)
}
