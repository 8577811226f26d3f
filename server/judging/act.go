package judging

import (
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// ActKind names what an official does to an event.
type ActKind string

// The acts. Unseal and Count always need a second person; Publish and Reopen do
// in a real contest; Lock does while a tablet has unsent marks.
const (
	ActOpen     ActKind = "open"     // 开始评分
	ActFreeze   ActKind = "freeze"   // 封榜
	ActUnfreeze ActKind = "unfreeze" // 解除封榜
	ActLock     ActKind = "lock"     // 锁定
	ActReopen   ActKind = "reopen"   // 重新开放
	ActUnseal   ActKind = "unseal"   // 启封
	ActPublish  ActKind = "publish"  // 公布
	ActStatus   ActKind = "status"   // 参赛状态
	ActPolicy   ActKind = "policy"   // 发布策略
	ActCount    ActKind = "count"    // 采纳迟到的打分
	ActAbsent   ActKind = "absent"   // 裁判缺席: a chair gives no mark for a cell
	ActDecide   ActKind = "decide"   // 人工定名次: the place inside a tied group
	ActReplace  ActKind = "replace"  // 换裁判: another judge takes a chair
)

// Act is one act. Which fields it needs depends on its kind.
type Act struct {
	ID      scoring.ID // client-made, the idempotency key
	Kind    ActKind
	EntryNo string          // status, decide: 参赛号; while sealed for a coding judge only
	Work    string          // absent: the label by the aspect's module; also status and decide while sealed
	Aspect  string          // absent
	Attempt uint8           // absent
	Round   uint8           // absent
	Chair   scoring.ChairID // absent, replace
	Judge   string          // replace: who takes the chair
	Value   string          // the status, the policy, or the place
	Mark    scoring.ID      // count: the late mark
	Reason  string          // reopen, status, count, absent, decide, replace: needed
	Second  *Second
}

// Second is the second person of a two-person act, who types a password on the
// first one's console.
type Second struct{ User, Password string }

// grant says who may do an act.
type grant struct {
	kind   scoring.Kind
	roles  []contest.Role
	reason bool
	second need
}

type need uint8

const (
	never need = iota
	whenReal
	always
)

var (
	heads   = []contest.Role{contest.ChiefJudge, contest.Organiser, contest.Administrator}
	running = []contest.Role{contest.ChiefJudge, contest.Organiser, contest.Administrator, contest.HostSecretary}
	chiefs  = []contest.Role{contest.ChiefJudge}
	// Who has the codes: unseals, and says who did not come.
	coders   = []contest.Role{contest.CodingJudge}
	unsealer = append(slices.Clone(heads), contest.CodingJudge)
	// Whoever may stand in as the second person.
	witnesses = []contest.Role{contest.ChiefJudge, contest.Organiser, contest.Administrator, contest.Supervisor}
)

var grants = map[ActKind]grant{
	ActOpen:     {kind: scoring.Open, roles: running},
	ActFreeze:   {kind: scoring.Freeze, roles: heads},
	ActUnfreeze: {kind: scoring.Unfreeze, roles: heads},
	ActLock:     {kind: scoring.Lock, roles: heads},
	ActReopen:   {kind: scoring.Reopen, roles: heads, reason: true, second: whenReal},
	ActUnseal:   {kind: scoring.Unseal, roles: unsealer, second: always},
	ActPublish:  {kind: scoring.Publish, roles: heads, second: whenReal},
	ActStatus:   {kind: scoring.SetState, roles: unsealer, reason: true},
	ActPolicy:   {kind: scoring.SetRule, roles: heads},
	ActCount:    {kind: scoring.Count, roles: heads, reason: true, second: always},
	ActAbsent:   {kind: scoring.Absent, roles: chiefs, reason: true},
	ActDecide:   {kind: scoring.Decide, roles: heads, reason: true},
	ActReplace:  {kind: scoring.Sit, roles: heads, reason: true},
}
