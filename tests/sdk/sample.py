"""The Python sample of the source document, word for word but for the host and the key.

What it lacks, its own notes ask for: "submit, then get the result through the query interface".
"""

import json
import os
import time
from typing import Any

import requests

url = os.environ["SAMPLE_HOST"] + "/v1/videos"
headers = {
    "Authorization": "Bearer " + os.environ["SAMPLE_KEY"],
    "Content-Type": "application/json",
}

data: dict[str, Any] = {
    "model": "sora-1.0",
    "prompt": "一只可爱的橘猫在阳光下打瞌睡,微风吹动它的毛发",
    "duration": 10,
    "width": 1920,
    "height": 1080,
    "fps": 30,
    "n": 1,
}

response = requests.post(url, headers=headers, json=data)
result = response.json()
print(json.dumps(result))

while result["status"] in ("pending", "processing"):
    time.sleep(0.02)
    result = requests.get(f"{url}/{result['id']}", headers=headers).json()
    print(json.dumps(result))
