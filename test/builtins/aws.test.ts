import { agreesWithOpa, recorded } from './agreement.ts';

agreesWithOpa('requests signed for AWS', recorded('aws'));
