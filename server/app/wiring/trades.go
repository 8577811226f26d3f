package wiring

import (
	"fmt"
	"io/fs"

	"jiangtai/schemas"
	"jiangtai/server/programme/trades"
)

// openTrades reads the catalogue of trades that is built in.
func openTrades() (*trades.Catalogue, error) {
	folder, err := fs.Sub(schemas.Trades, "trades")
	if err != nil {
		return nil, fmt.Errorf("folder of the trades: %w", err)
	}
	return trades.Read(folder)
}
