"""Verification lists: a station makes them, commune police compare and sign them, the station puts the Platform right.

desk.py     what may happen to a list         card.py      one list and its buttons, the gate of every act
who.py      whose list goes where             overview.py  the lists of whoever asks
making.py · reviewing.py · police.py · files.py · back.py  the acts of each, by who does them
"""
