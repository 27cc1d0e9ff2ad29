"""BPMN 2.0 XML of the closed subset in and out. Nothing an imported file says is ever executed; no Django here."""
