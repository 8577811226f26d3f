// Package rank keeps a list in order while single items change (排名): competition
// ranking ("1224"), where an item's rank is one more than the number of items
// strictly better, and items that tie share it.
//
// An item that changed is moved; only the items whose position or rank changes
// are visited. A list of n items costs O(log n) comparisons and O(moved)
// visits a change.
//
// It knows nothing of marks and imports the standard library only.
package rank
