import * as z from 'zod';
import { documentTypes } from '../../evidence/index.ts';
import { listOf } from './organisations.ts';

const entry = z.strictObject({
  subject: z.string().meta({ description: 'The digest of the image' }),
  digest: z.string().meta({ description: 'The digest of the document' }),
  type: z.enum(documentTypes),
  bytes: z.int(),
  stored_at: z.string(),
  stored_by: z.string(),
});

export const evidenceListAnswer = listOf(entry, 'StoredEvidenceList');
