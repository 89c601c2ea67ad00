export { type ExportedTemplate, type ExportTemplateOptions, exportTemplate } from './export-template.ts';
