"""What happens by the clock. Each may run twice without harm."""

from celery import shared_task

from testrequests import actions


@shared_task(name="testrequests.remind", soft_time_limit=240, time_limit=300)
def remind():
    actions.pass_by_the_clock()
    actions.remind()
