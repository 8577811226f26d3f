//go:build !race

package socket_test

const probeTries = lawTries
