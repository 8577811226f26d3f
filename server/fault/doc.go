// Package fault is the one error of the program: what the caller can do about
// it (Kind, a closed list), what happened (Code, open, catalogued in
// schemas/errors.json), and where (Fields). The cause is for the log and never
// reaches a client.
//
// It imports nothing of ours. Everything else may import it.
package fault
