# The cURL sample of the source document, word for word but for the host and the key.
curl -sS -X POST "$BASE/v1/videos" \
  -H "Authorization: Bearer $KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "sora-1.0",
    "prompt": "一只可爱的橘猫在阳光下打瞌睡,微风吹动它的毛发",
    "duration": 10,
    "width": 1920,
    "height": 1080,
    "fps": 30,
    "n": 1
  }'
