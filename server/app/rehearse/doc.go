// Package rehearse is the command `jiangtai rehearse`: its flags, what it refuses at
// the terminal, and where its report goes. The rehearsal itself is rehearsal/drill.
//
// It promises that the password is in no file and on no screen that it writes, and
// that a run that was broken off still has its report.
//
// It imports the rehearsal and fault. It is a part of app because it reads the clock
// and is called by the command line alone.
package rehearse
