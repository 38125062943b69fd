"""Freelance tasks: what must be true of slots, orders, deliveries and the people in them."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "S53",
        "no task has more slots taken than it offers, and it is assigned exactly when all are",
        """
        SELECT t.reference FROM task t WHERE (
            SELECT count(*) FROM taskassignment a WHERE a.task_id = t.id AND a.status <> 'declined'
        ) > t.slots
        UNION SELECT t.reference FROM task t
        WHERE t.status IN ('posted', 'assigned') AND (t.status = 'assigned') <> (t.slots = (
            SELECT count(*) FROM taskassignment a WHERE a.task_id = t.id AND a.status <> 'declined'
        ))
        """,
    ),
    Invariant(
        "S54",
        "no task, order or delivery lies before the day it was asked for, posted or signed",
        """
        SELECT reference FROM task WHERE starts_on < requested_on OR deadline < starts_on
        OR posted_on < requested_on OR posted_on > deadline
        OR (posted_on IS NULL) <> (status IN ('draft', 'rejected'))
        UNION SELECT a.reference FROM taskassignment a JOIN task t ON t.id = a.task_id
        WHERE t.posted_on IS NULL OR a.assigned_on < t.posted_on OR a.assigned_on > t.deadline
        OR a.signed_on < a.assigned_on
        UNION SELECT d.reference FROM taskdelivery d
        JOIN taskassignment a ON a.id = d.task_assignment_id
        JOIN workorder o ON o.id = a.work_order_id
        WHERE a.signed_on IS NULL OR d.done_on < a.signed_on OR d.done_on < o.starts_on
        OR d.done_on > d.delivered_on
        """,
    ),
    Invariant(
        "S55",
        "who does a task signed its order, which has the task's price and cap and nothing else",
        """
        SELECT a.reference FROM taskassignment a
        JOIN task t ON t.id = a.task_id JOIN workorder o ON o.id = a.work_order_id
        WHERE o.form <> 'task_order' OR o.contract_id <> a.contract_id
        OR o.reference <> a.reference OR o.currency <> t.currency
        OR (SELECT count(*) FROM orderline l WHERE l.work_order_id = o.id) <> 1
        OR NOT EXISTS (
            SELECT 1 FROM orderline l WHERE l.work_order_id = o.id AND l.code = t.code
            AND l.price_e6 = t.price_e6 AND l.most_e4 = t.most_e4)
        OR NOT EXISTS (
            SELECT 1 FROM contract c WHERE c.id = a.contract_id
            AND c.supplier_id = a.supplier_id AND c.program = t.program AND c.place = t.place)
        UNION SELECT a.reference FROM taskassignment a
        WHERE a.status NOT IN ('offered', 'declined', 'expired') AND (
            a.signed_by IS NULL OR a.sent_sha256 IS NULL OR a.signed_sha256 IS NULL
            OR (a.signed_how <> 'file' AND a.signed_sha256 <> a.sent_sha256)
            OR NOT EXISTS (SELECT 1 FROM storeddocument d WHERE d.sha256 = a.document_sha256)
            OR NOT EXISTS (SELECT 1 FROM storeddocument d WHERE d.sha256 = a.signed_sha256)
            OR NOT EXISTS (
                SELECT 1 FROM decision d WHERE d.kind = 'signature' AND d.subject_id = a.id
                AND d.answer = 'approve' AND d.answered_by = a.signed_by))
        """,
    ),
    Invariant(
        "S56",
        "every delivery is proved by kept files, and none of them proved another order",
        """
        SELECT d.reference FROM taskdelivery d WHERE NOT EXISTS (
            SELECT 1 FROM taskevidence e WHERE e.task_delivery_id = d.id)
        UNION SELECT d.reference FROM taskdelivery d
        JOIN taskevidence e ON e.task_delivery_id = d.id
        WHERE NOT EXISTS (SELECT 1 FROM storeddocument s WHERE s.sha256 = e.sha256)
        UNION SELECT d.reference FROM taskdelivery d
        JOIN taskevidence e ON e.task_delivery_id = d.id
        JOIN taskevidence f ON f.sha256 = e.sha256
        JOIN taskdelivery g ON g.id = f.task_delivery_id
        WHERE g.task_assignment_id <> d.task_assignment_id
        """,
    ),
    Invariant(
        "S57",
        "a delivery on a sheet is its line, at its order's price, and was accepted as it says",
        """
        SELECT d.reference FROM taskdelivery d
        JOIN taskassignment a ON a.id = d.task_assignment_id
        WHERE d.service_sheet_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM workitem w JOIN orderline l ON l.id = w.order_line_id
            WHERE w.service_sheet_id = d.service_sheet_id AND w.line = d.sheet_line
            AND w.contract_id = a.contract_id AND l.work_order_id = a.work_order_id
            AND w.price_e6 = l.price_e6 AND w.quantity_e4 = d.quantity_e4
            AND w.performed_on = d.done_on
            AND (d.status = 'on_sheet' OR w.accepted_e4 = d.accepted_e4))
        UNION SELECT d.reference FROM taskdelivery d
        WHERE (d.status = 'delivered') <> (d.service_sheet_id IS NULL)
        OR (d.status = 'accepted') <> (d.accepted_e4 = d.quantity_e4)
        OR (d.status = 'partly_accepted')
            <> (d.accepted_e4 > 0 AND d.accepted_e4 < d.quantity_e4)
        UNION SELECT a.reference FROM taskassignment a JOIN task t ON t.id = a.task_id
        JOIN taskdelivery d ON d.task_assignment_id = a.id
        GROUP BY a.id, a.reference, t.most_e4 HAVING sum(d.accepted_e4) > t.most_e4
        UNION SELECT a.reference FROM taskassignment a
        WHERE a.status IN ('accepted', 'settled') AND NOT EXISTS (
            SELECT 1 FROM taskdelivery d WHERE d.task_assignment_id = a.id AND d.accepted_e4 > 0)
        """,
    ),
    Invariant(
        "S58",
        "nobody accepted what he delivered, approved a task of his own or his own application",
        """
        SELECT d.reference FROM taskdelivery d
        JOIN decision n ON n.subject_table = 'servicesheet' AND n.subject_id = d.service_sheet_id
        WHERE n.kind = 'acceptance' AND n.status = 'answered' AND n.answered_by = d.delivered_by
        UNION SELECT d.reference FROM taskdelivery d
        JOIN servicesheet s ON s.id = d.service_sheet_id WHERE s.submitted_by <> d.delivered_by
        UNION SELECT t.reference FROM task t
        JOIN decision n ON n.subject_table = 'task' AND n.subject_id = t.id
        WHERE n.status = 'answered' AND n.answered_by = t.requested_by
        UNION SELECT p.reference FROM taskapplication p
        JOIN decision n ON n.subject_table = 'taskapplication' AND n.subject_id = p.id
        WHERE n.status = 'answered' AND n.answered_by = p.applied_by
        """,
    ),
    Invariant(
        "S59",
        "no task was given to our own employee, and an application was taken exactly by an order",
        """
        SELECT a.reference FROM taskassignment a
        JOIN supplier s ON s.id = a.supplier_id JOIN party p ON p.id = s.party_id
        JOIN employee e ON e.identifier_scheme = p.identifier_scheme
            AND e.identifier_index = p.identifier_index
        WHERE e.known_on < a.assigned_on AND e.since <= a.assigned_on
        AND (e.until IS NULL OR e.until > a.assigned_on)
        UNION SELECT p.reference FROM taskapplication p
        WHERE (p.status = 'taken') <> EXISTS (
            SELECT 1 FROM taskassignment a WHERE a.application_id = p.id
            AND a.task_id = p.task_id AND a.supplier_id = p.supplier_id)
        """,
    ),
)
