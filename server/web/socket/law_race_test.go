//go:build race

package socket_test

// The usual way is a data race by its nature: the detector would report the
// library instead of letting the probe show what comes of it.
const probeTries = 0
