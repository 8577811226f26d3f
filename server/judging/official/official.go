package official

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/scoring/exact"
)

// Digest is the SHA-256 of a value as JSON, hexadecimal.
func Digest(v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("hash a result: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// Passes holds the components that an entry was marked in against their pass
// marks, as they were rounded; nil when none of them has one.
func Passes(rules *scoring.Rules, w *scoring.Working) (*bool, error) {
	all, asked := w.Complete, false
	for i := range w.Components {
		c := &w.Components[i]
		at, known := rules.ComponentAt[c.ID]
		if !known || rules.Components[at].Src.Pass == nil {
			continue
		}
		mark := rules.Components[at].Src.Pass
		asked = true
		value, err := exact.ParseText(c.Value)
		if err != nil {
			return nil, fmt.Errorf("component %s of entry %d: %w", c.ID, w.Entry, err)
		}
		all = all && !value.Less(*mark)
	}
	if !asked {
		return nil, nil
	}
	return &all, nil
}
