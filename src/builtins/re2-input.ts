import { RE2JS } from 're2js';
import type { Budget } from '../base/index.ts';
import { chargeSteps } from './text.ts';

/** What the matcher reads a text by, as far as it matters here: the character at a place. */
interface MatcherInput {
  step(place: number): number;
}

type InputClass = new (text: string) => MatcherInput;

/** Characters looked at between two charges. */
const BATCH = 64;

/** The matcher backtracks, each instruction at each place once, where both have no more than so many pairs. */
const BACKTRACKED_SIZE = 500;
const BACKTRACKED_PAIRS = 262_144;

type MeteredClass = new (budget: Budget, text: string, price: number) => MatcherInput;

/** Made with the first text: what RE2JS prepares for its first pattern takes a while. */
let meteredClass: MeteredClass | undefined;

/**
 * A text for the matcher that charges how often its characters are looked at: a match may look at all that remains
 * of the text, so that finding them all may take the square of its length.
 */
export function meteredInput(budget: Budget, text: string, size: number): MatcherInput {
  const backtracks = size <= BACKTRACKED_SIZE && size * (text.length + 1) <= BACKTRACKED_PAIRS;
  meteredClass ??= toMetered(inputClass());
  return new meteredClass(budget, text, Math.ceil((BATCH * (backtracks ? 1 : size)) / 8));
}

function toMetered(Input: InputClass): MeteredClass {
  return class extends Input {
    private looked = 0;
    private readonly budget: Budget;
    private readonly price: number;

    constructor(budget: Budget, text: string, price: number) {
      super(text);
      this.budget = budget;
      this.price = price;
    }

    override step(place: number): number {
      if (++this.looked % BATCH === 0) chargeSteps(this.budget, this.price);
      return super.step(place);
    }
  };
}

/** The class that the matcher makes of a text: it is not exported, but every matching makes one. */
function inputClass(): InputClass {
  const matcher = RE2JS.compile('a').re2();
  let input: MatcherInput | undefined;
  matcher.executeEngine = (given: MatcherInput) => {
    input = given;
    return null;
  };
  matcher.findAllSubmatchIndex('a', 1);
  if (input === undefined) throw new Error('re2js: the matcher makes no input of a text');
  return input.constructor as InputClass;
}
