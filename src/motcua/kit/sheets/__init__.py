"""One titled table written as XLSX, DOCX or PDF: statutory reports and registers on A4 landscape."""

from __future__ import annotations

from motcua.kit.sheets.model import Column, HeadLine, Row, Sheet, Signature
from motcua.kit.sheets.pdf import to_pdf
from motcua.kit.sheets.word import to_docx
from motcua.kit.sheets.workbook import to_xlsx

__all__ = ["Column", "HeadLine", "Row", "Sheet", "Signature", "to_docx", "to_pdf", "to_xlsx"]
