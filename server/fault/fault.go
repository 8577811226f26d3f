package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what the caller can do. The list is closed; transport maps each
// kind to one HTTP status and the tablet's outbox to one reaction.
type Kind uint8

// The kinds, from "your input cannot be read" to "ours alone".
const (
	Internal        Kind = iota // anything foreign: 500, keep and retry
	Malformed                   // cannot be read: 400
	Refused                     // a rule says no: 422
	Unauthenticated             // sign in: 401
	Forbidden                   // not yours to do: 403
	Missing                     // not there, or not for you: 404
	Method                      // wrong method: 405
	Stale                       // someone was first: 409
	TooLarge                    // 413
	Unsupported                 // media type: 415
	Closed                      // not open yet or any more: 423
	Busy                        // wait: 429
	Unavailable                 // retry: 503
	UnknownOutcome              // perhaps done; ask again with the same id: 503
	Storage                     // storage full: 507
)

// Field is one place and what is wrong there.
type Field struct {
	Path string `json:"path"`           // JSON pointer, or file:row:column, or a parameter's name
	Code string `json:"code"`           // a code of errors.json
	Hint string `json:"hint,omitempty"` // the value or bound in question, never a name or an ID number
}

// Error is what every room returns when something is not so.
type Error struct {
	Kind   Kind
	Code   string // room.reason
	Fields []Field
	// RetryAfter is in seconds; 0 means no advice.
	RetryAfter int
	cause      error
}

// New makes a fault without a cause.
func New(kind Kind, code string, fields ...Field) *Error {
	return &Error{Kind: kind, Code: code, Fields: fields}
}

// Wrap makes a fault that keeps its cause for the log.
func Wrap(cause error, kind Kind, code string, fields ...Field) *Error {
	return &Error{Kind: kind, Code: code, Fields: fields, cause: cause}
}

// At is one place with its code; hint may be empty.
func At(path, code, hint string) Field { return Field{Path: path, Code: code, Hint: hint} }

// Error is for the log: code, places and cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " [%s %s %s]", f.Path, f.Code, f.Hint)
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is makes errors.Is(err, fault.New(kind, code)) true for the same code.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code
}

// Of finds the fault in err; anything foreign is Internal with code
// "server.internal" and err as its cause. Of(nil) is nil.
func Of(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Internal, Code: "server.internal", cause: err}
}

// Code is the code of err, "" for nil.
func Code(err error) string {
	if err == nil {
		return ""
	}
	return Of(err).Code
}
