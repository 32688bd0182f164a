"""Verification lists: a station makes them, commune police compare and sign them, the station puts the Platform right.

desk.py     what may happen to a list         card.py      one list and its buttons, the gate of every act
who.py      whose list goes where             overview.py  the lists of whoever asks
ringing.py  what a moment of a list sets off  levels.py    who is told above; telling.py how
starting.py  which kind, of whom: from_tickets.py · from_queue.py · cleaning.py · rows.py; adding.py is the one door to a list
people.py   the persons, page by page         wording_events.py  the list's history in words
making.py · reviewing.py · police.py · files.py · back.py  the acts of each, by who does them
"""
