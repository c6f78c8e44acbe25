// The server's own price of what is about to be asked for, once that rests; or why it is refused.
import { useEffect, useState } from "./preact-htm.js";
import { may } from "./state.js";

const QUOTE_MS = 500;

// `ask` sends the dry run; null asks nothing. The answer is of `on` alone: null until it is there.
export function useQuote(ask, on) {
  const asked = JSON.stringify(on);
  const [told, keep] = useState(null);
  useEffect(() => {
    if (!ask || !may("videos:write")) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const found = await ask(stop.signal).then(
        (quote) => ({ cost: Number(quote.cost_usd), affordable: quote.affordable }),
        (error) => (error.status === 400 ? { trouble: error.message } : null),
      );
      if (found) keep({ asked, ...found });
    }, QUOTE_MS);
    return () => clearTimeout(timer) || stop.abort();
  }, [asked]);
  return told?.asked === asked ? told : null;
}
