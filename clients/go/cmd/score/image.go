package main

import (
	"fmt"
	"image/color"
	"image/png"
	"os"
)

// pixels is an image as UINT8 [height, width, 3], row by row.
type pixels struct {
	height, width int64
	rgb           []byte
}

func readImage(path string) (*pixels, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	bounds := picture.Bounds()
	p := &pixels{height: int64(bounds.Dy()), width: int64(bounds.Dx())}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)
			p.rgb = append(p.rgb, c.R, c.G, c.B)
		}
	}
	return p, nil
}
