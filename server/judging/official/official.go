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

// Passes holds the components against their pass marks, as they were rounded; nil
// when no component has one.
func Passes(rules *scoring.Rules, w *scoring.Working) (*bool, error) {
	all, asked := w.Complete, false
	for i := range rules.Components {
		mark := rules.Components[i].Src.Pass
		if mark == nil {
			continue
		}
		asked = true
		value, err := exact.ParseText(w.Components[i].Value)
		if err != nil {
			return nil, fmt.Errorf("component %s of entry %d: %w", w.Components[i].ID, w.Entry, err)
		}
		all = all && !value.Less(*mark)
	}
	if !asked {
		return nil, nil
	}
	return &all, nil
}
