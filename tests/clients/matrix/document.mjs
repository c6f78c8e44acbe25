// The JavaScript sample of the source document, word for word but for the host and the key.
const response = await fetch(process.env.BASE + '/v1/videos', {
  method: 'POST',
  headers: {
    'Authorization': 'Bearer ' + process.env.KEY,
    'Content-Type': 'application/json'
  },
  body: JSON.stringify({
    model: 'sora-1.0',
    prompt: '一只可爱的橘猫在阳光下打瞌睡,微风吹动它的毛发',
    duration: 10,
    width: 1920,
    height: 1080,
    fps: 30,
    n: 1
  })
});

const result = await response.json();
console.log(JSON.stringify(result));
